"""Inputs that two languages make bit for bit, and outputs rounded for storage."""
import numpy
import torch


def noise(shape, salt, low=-1.0, high=1.0):
    """Numbers in [low, high) from their position and a salt: 32-bit multiply-xorshift, as in Portable.cs."""
    count = int(numpy.prod(shape)) if len(shape) else 1
    word = (numpy.arange(count, dtype=numpy.uint64) * 2654435761 + salt * 40503 + 1) % 2**32
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        word ^= word >> shift
        word = (word * factor) % 2**32
    word ^= word >> 16
    values = low + (high - low) * (word.astype(numpy.float64) / 2**32)
    return torch.from_numpy(values.astype(numpy.float32).reshape(shape))


def labels(count, classes, salt):
    return torch.floor(noise([count], salt, 0, classes).double()).long()


def rounded(tensor):
    return [float("%.7g" % value) for value in tensor.detach().double().flatten().tolist()]
