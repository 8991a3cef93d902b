"""Side by side: Glassnet, its peers, and the bare products. Run: python -m benchmarks"""
