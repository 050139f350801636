"""Measures of portal and chatbot use: frames of clean usage in, tidy frames out."""
