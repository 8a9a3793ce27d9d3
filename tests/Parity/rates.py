"""Optimizer steps and learning-rate schedules."""
import torch
from torch import nn

from portable import noise, rounded

GROUPS = [{"name": "sgd", "kind": "SGD", "options": dict(lr=0.1)},
          {"name": "sgd momentum", "kind": "SGD", "options": dict(lr=0.1, momentum=0.9)},
          {"name": "sgd dampening", "kind": "SGD", "options": dict(lr=0.1, momentum=0.9, dampening=0.3)},
          {"name": "sgd decay", "kind": "SGD", "options": dict(lr=0.1, weight_decay=0.05)},
          {"name": "sgd momentum, decay", "kind": "SGD", "options": dict(lr=0.1, momentum=0.9, weight_decay=0.05)},
          {"name": "sgd nesterov", "kind": "SGD", "options": dict(lr=0.1, momentum=0.9, weight_decay=0.05, nesterov=True)},
          {"name": "sgd maximize", "kind": "SGD", "options": dict(lr=0.1, momentum=0.9, maximize=True)},
          {"name": "adam", "kind": "Adam", "options": dict(lr=0.01)},
          {"name": "adam decay, amsgrad", "kind": "Adam", "options": dict(lr=0.01, weight_decay=0.05, amsgrad=True)},
          {"name": "adam maximize", "kind": "Adam", "options": dict(lr=0.01, maximize=True)},
          {"name": "adamw", "kind": "AdamW", "options": dict(lr=0.01, weight_decay=0.05)},
          {"name": "adamw amsgrad", "kind": "AdamW", "options": dict(lr=0.01, weight_decay=0.05, amsgrad=True)}]


def optimizers():
    for group in GROUPS:
        parameters = [nn.Parameter(noise(shape, i)) for i, shape in enumerate(([3, 2], [4], [2]))]
        optimizer = getattr(torch.optim, group["kind"])(parameters, **group["options"])
        steps = []
        for step in range(5):
            for i, p in enumerate(parameters[:2]):  # the third never gets a gradient
                p.grad = noise(p.shape, 50 + 10 * step + i) + 0.1 * p.detach()
            optimizer.step()
            steps.append([rounded(p) for p in parameters])
        yield dict(group, steps=steps)


def schedules():
    s = torch.optim.lr_scheduler
    table = {
        "StepLR": lambda o: s.StepLR(o, 4, gamma=0.5),
        "MultiStepLR": lambda o: s.MultiStepLR(o, [3, 7, 12], gamma=0.3),
        "CosineAnnealingLR": lambda o: s.CosineAnnealingLR(o, 12, eta_min=0.001),
        "CosineAnnealingLR whole": lambda o: s.CosineAnnealingLR(o, 20),
        "LinearLR": lambda o: s.LinearLR(o, start_factor=0.25, total_iters=8),
        "LambdaLR": lambda o: s.LambdaLR(o, lambda epoch: 0.95 ** epoch),
        "ExponentialLR": lambda o: s.ExponentialLR(o, 0.9),
        "ConstantLR": lambda o: s.ConstantLR(o, factor=0.5, total_iters=6),
        "SequentialLR": lambda o: s.SequentialLR(o, [s.LinearLR(o, 0.1, total_iters=5), s.CosineAnnealingLR(o, 15)], [5]),
        "OneCycleLR": lambda o: s.OneCycleLR(o, 0.4, total_steps=20),
        "OneCycleLR linear": lambda o: s.OneCycleLR(
            o, 0.4, epochs=4, steps_per_epoch=5, pct_start=0.25, anneal_strategy="linear", div_factor=10, final_div_factor=100),
        "OneCycleLR three phases": lambda o: s.OneCycleLR(o, 0.4, total_steps=20, three_phase=True, base_momentum=0.8),
    }
    for name, make in table.items():
        parameters = [[nn.Parameter(torch.zeros(1))] for _ in range(2)]
        optimizer = torch.optim.SGD([{"params": parameters[0]}, {"params": parameters[1], "lr": 0.02}], lr=0.1, momentum=0.9)
        scheduler = make(optimizer)
        rates, momenta = [], []
        for _ in range(20):
            rates.append([group["lr"] for group in optimizer.param_groups])
            momenta.append(optimizer.param_groups[0]["momentum"])
            optimizer.step()
            if len(rates) < 20:
                scheduler.step()
        yield {"name": name, "rates": rates, "momenta": momenta}
