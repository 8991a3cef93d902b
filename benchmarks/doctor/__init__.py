"""How well the doctor knows what is wrong with a training. Run: python -m benchmarks.doctor"""
