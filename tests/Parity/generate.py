#!/usr/bin/env python3
"""Writes the numbers the parity tests hold this binding to: operations.json, optimizers.json, schedules.json, training.json.

Run it with the Python whose torch sits on the same libtorch (Debian: /usr/bin/python3 generate.py). Nothing here is random:
every input is `noise(shape, salt)`, an integer hash that C# repeats bit for bit, so only results are stored.
"""
import json
import os
import warnings

import torch

from cases import functions, initial, layers, losses
from rates import optimizers, schedules
from resnet import training

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, value):
    path = os.path.join(HERE, name)
    with open(path, "w") as file:
        json.dump(value, file, separators=(",", ":"))
        file.write("\n")
    print(name, os.path.getsize(path))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    torch.set_num_threads(2)
    write("operations.json", {"torch": torch.__version__, "initial": initial(), "cases": [*layers(), *losses(), *functions()]})
    write("optimizers.json", list(optimizers()))
    write("schedules.json", list(schedules()))
    write("training.json", {"float32": training(8, 8, 0.01, torch.float32), "float64": training(16, 16, 0.05, torch.float64)})
