"""A greeting, for the book and for whoever runs it."""


# ANCHOR: greet
def greet(name, hour):
    """The greeting that fits the hour of the day."""
    part = "morning" if hour < 12 else "evening"
    return f"Good {part}, {name}!"
# ANCHOR_END: greet


if __name__ == "__main__":
    print(greet("reader", hour=9))
