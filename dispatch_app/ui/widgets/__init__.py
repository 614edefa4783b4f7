"""Widgets shared by every screen. They know roles and sizes, no colours, no operations."""
