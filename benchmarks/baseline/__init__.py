"""The engine that inferred each day by itself: what the engine through time is measured beside."""
