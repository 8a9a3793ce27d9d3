#!/usr/bin/env python3
"""Writes unlearning.json: about twenty steps of seven unlearning methods, written with PyTorch alone.

Nothing of the library is used: orders come from a second implementation of its random stream, weights and images from portable.py, and
every method is written as its paper's loss rather than as the library's steps (L1 as a term of the loss, the mask as a reset). Run as
/usr/bin/python3 unlearning.py; with an argument, e.g. 3e-6, it perturbs all starting weights by that share and prints by how much the
logits move, which says what the comparison can resolve. The salt of the images was chosen by that: with 903 every method moves by at most
8e-6, while with some others a ReLU switches on the way and moves the logits by 1e-2.
"""
import copy
import hashlib
import json
import math
import os
import struct
import sys

import numpy
import torch
import torch.nn.functional as F
from torch import nn

from portable import noise, rounded

CLASSES, WIDTH, RATE, MASK64 = 10, 4, 0.01, 2**64 - 1


class Stream:
    """xoshiro256**, started from the SHA-256 of "seed:purpose"."""

    def __init__(self, seed, purpose):
        self.a, self.b, self.c, self.d = struct.unpack("<4Q", hashlib.sha256(f"{seed}:{purpose}".encode()).digest())

    def next(self):
        rotate = lambda x, k: ((x << k) | (x >> (64 - k))) & MASK64
        result = (rotate(self.b * 5 & MASK64, 7) * 9) & MASK64
        shifted = self.b << 17 & MASK64
        self.c ^= self.a
        self.d ^= self.b
        self.b ^= self.c
        self.a ^= self.d
        self.c ^= shifted
        self.d = rotate(self.d, 45)
        return result

    def below(self, n):
        product = (self.next() >> 32) * n
        if product & 0xFFFFFFFF < n:
            least = (2**32 - n) % n
            while product & 0xFFFFFFFF < least:
                product = (self.next() >> 32) * n
        return product >> 32

    def permutation(self, n):
        numbers = list(range(n))
        for last in range(n - 1, 0, -1):
            other = self.below(last + 1)
            numbers[last], numbers[other] = numbers[other], numbers[last]
        return numbers


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        shortcut = self.downsample(x) if hasattr(self, "downsample") else x
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + shortcut)


class ResNet8(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, WIDTH, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(WIDTH)
        self.layer1 = nn.Sequential(Block(WIDTH, WIDTH, 1))
        self.layer2 = nn.Sequential(Block(WIDTH, 2 * WIDTH, 2))
        self.layer3 = nn.Sequential(Block(2 * WIDTH, 4 * WIDTH, 2))
        self.fc = nn.Linear(4 * WIDTH, CLASSES)

    def forward(self, x):
        return self.fc(self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x)))))).mean([2, 3]))


class World:
    """280 images of noise; class k of the twenty training images of each has 12 - k to forget."""

    def __init__(self, perturbation=0.0):
        self.labels = torch.arange(280) % CLASSES
        pixels = torch.floor(noise([280 * 64], 903, 0, 256).double()).float().reshape(280, 1, 8, 8)
        self.images = (pixels / 255 - 0.5) / 0.25
        self.forget = [row for row in range(200) if row // 10 < 12 - row % 10]
        self.retain = [row for row in range(200) if row // 10 >= 12 - row % 10]
        self.unseen = list(range(200, 260))
        self.original = ResNet8()
        with torch.no_grad():
            for salt, (_, p) in enumerate(sorted(self.original.named_parameters())):
                if p.dim() > 1:
                    bound = math.sqrt(3.0 / numpy.prod(p.shape[1:]))
                    p.copy_(noise(p.shape, salt, -bound, bound) * (1 + perturbation))
            self.original.fc.bias.zero_()

    def batch(self, rows):
        return self.images[rows], self.labels[rows]


def cut(rows, size):
    """Full batches, then the rest; a rest of one joins the batch before."""
    sizes = [size] * (len(rows) // size)
    rest = len(rows) % size
    if rest == 1 and sizes:
        sizes[-1] += 1
    elif rest:
        sizes.append(rest)
    start = 0
    for count in sizes:
        yield rows[start:start + count]
        start += count


def shuffled(rows, stream):
    return [rows[i] for i in stream.permutation(len(rows))]


def sgd(model):
    model.train()
    return torch.optim.SGD(model.parameters(), lr=RATE, momentum=0.9, weight_decay=5e-4)


def gradients(world, rows, size):
    """Gradient of the mean loss of each batch, in evaluation mode."""
    model = copy.deepcopy(world.original).eval()
    for batch in cut(rows, size):
        x, y = world.batch(batch)
        yield torch.autograd.grad(F.cross_entropy(model(x), y), list(model.parameters()))


def random_label(world, weigh=None, mask=None):
    model = copy.deepcopy(world.original)
    optimizer, losses = sgd(model), []
    start = [p.detach().clone() for p in model.parameters()]
    for epoch in range(2):
        draw = Stream(0, f"random labels of epoch {epoch}")
        target = {row: draw.below(CLASSES) for row in world.forget}
        for batch in cut(shuffled(world.forget + world.retain, Stream(0, f"order of epoch {epoch}")), 20):
            weigher = weigh(model) if weigh else None
            x, y = world.batch(batch)
            logits = model(x)
            loss = F.cross_entropy(logits, torch.tensor([target.get(row, int(world.labels[row])) for row in batch]), reduction="none")
            if weigher:
                loss = loss * weigher(logits.detach(), y, torch.tensor([row in target for row in batch]))
            optimizer.zero_grad()
            loss.mean().backward()
            optimizer.step()
            if mask:
                with torch.no_grad():
                    for p, old, may in zip(model.parameters(), start, mask):
                        p[~may] = old[~may]
            losses.append((len(batch), loss.mean().item()))
    return model, losses


def falw(world):
    counts = torch.bincount(world.labels[world.forget], minlength=CLASSES).double()
    balance = (len(world.forget) / (CLASSES * counts)) ** 0.15

    def weigh(model):
        model.eval()
        with torch.no_grad():
            x, y = world.batch(world.unseen)
            own = model(x).softmax(1)[torch.arange(len(y)), y].double()
        model.train()
        mean = torch.stack([own[y == k].mean() for k in range(CLASSES)])
        spread = torch.stack([own[y == k].std(unbiased=False) for k in range(CLASSES)])

        def weights(logits, labels, is_forget):
            z = (logits.softmax(1)[torch.arange(len(labels)), labels].double() - mean[labels]) / spread[labels]
            w = 1 + torch.sign(z) * torch.tanh(z.abs()) ** (1 / balance[labels])
            return torch.where(is_forget, w, torch.ones_like(w)).float()
        return weights
    return random_label(world, weigh=weigh)


def salun(world):
    total = [torch.zeros_like(p) for p in world.original.parameters()]
    for grads in gradients(world, shuffled(world.forget, Stream(0, "order of the saliency pass")), 20):
        total = [t + g for t, g in zip(total, grads)]
    flat = torch.cat([t.abs().flatten() for t in total])
    limit = flat.sort(descending=True).values[len(flat) // 2 - 1]
    return random_label(world, mask=[t.abs() >= limit for t in total])


def l1_sparse(world):
    model = copy.deepcopy(world.original)
    optimizer, losses = sgd(model), []
    for epoch in range(4):
        for batch in cut(shuffled(world.retain, Stream(0, f"order of epoch {epoch}")), 25):
            x, y = world.batch(batch)
            loss = F.cross_entropy(model(x), y)
            norm = sum(p.abs().sum() for p in model.parameters())
            optimizer.zero_grad()
            (loss + 1e-3 * (1 - epoch / 4) * norm).backward()
            optimizer.step()
            losses.append((len(batch), loss.item()))
    return model, losses


def scrub(world, gamma=0.99, alpha=0.5, temperature=4.0):
    model, teacher = copy.deepcopy(world.original), copy.deepcopy(world.original).eval()
    optimizer, losses = sgd(model), []

    def step(batch, ascend):
        x, y = world.batch(batch)
        with torch.no_grad():
            wanted = F.softmax(teacher(x) / temperature, dim=1)
        logits = model(x)
        divergence = F.kl_div(F.log_softmax(logits / temperature, dim=1), wanted, reduction="batchmean") * temperature**2
        loss = -divergence if ascend else gamma * F.cross_entropy(logits, y) + alpha * divergence
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append((len(batch), loss.item()))

    for epoch in range(3):
        order = Stream(0, f"order of epoch {epoch}")
        if epoch < 2:
            for batch in cut(shuffled(world.forget, order), 25):
                step(batch, True)
        for batch in cut(shuffled(world.retain, order), 25):
            step(batch, False)
    return model, losses


def endless(rows, purpose):
    stream = Stream(0, purpose)
    while True:
        yield from cut(shuffled(rows, stream), 25)


def sfron(world, iterations=16, alpha=5.0, clip=1.0):
    def fisher(rows):
        squares = [[g**2 for g in grads] for grads in gradients(world, shuffled(rows, Stream(0, "order of the Fisher pass")), 25)]
        return [torch.stack(parts).mean(0) for parts in zip(*squares)]
    mask = [(f + 1e-15) / (r + 1e-15) >= 1 for f, r in zip(fisher(world.forget), fisher(world.retain))]
    model = copy.deepcopy(world.original)
    optimizer, losses, steps = sgd(model), [], iterations + (iterations + 4) // 5
    forget, retain = endless(world.forget, "order of forget batches"), endless(world.retain, "order of retain batches")

    def step(batch, iteration, ascend):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 + math.cos(math.pi * len(losses) / steps)) / 2
        x, y = world.batch(batch)
        loss = F.cross_entropy(model(x), y, reduction="none")
        if ascend:
            c = 1 / (loss.detach() ** 0.5 + 1e-15)
            loss = -alpha * (1 + math.cos(math.pi * iteration / iterations)) / 2 * (len(batch) * c / c.sum() * loss)
        optimizer.zero_grad()
        loss.mean().backward()
        if ascend:
            for p, may in zip(model.parameters(), mask):
                p.grad *= may
            torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append((len(batch), loss.mean().item()))

    for iteration in range(iterations):
        if iteration % 5 == 0:
            step(next(forget), iteration, True)
        step(next(retain), iteration, False)
    return model, losses


def imu(world, epochs=7):
    """Weights from one gradient per sample, by automatic differentiation; only the last layer is given to the optimizer."""
    model = copy.deepcopy(world.original).eval()
    head = [model.fc.weight, model.fc.bias]
    grads = []
    for row in world.forget:
        x, y = world.batch([row])
        grads.append(torch.cat([g.flatten() for g in torch.autograd.grad(F.cross_entropy(model(x), y), head)]).double())
    grads = torch.stack(grads)
    influence = -(grads / ((grads**2).mean(0) + 0.01)) @ grads.mean(0)
    kept = [i for i in range(len(world.forget)) if influence[i] < 0]
    size = influence[kept].abs().sqrt()
    weight = dict(zip([world.forget[i] for i in kept], size.clamp(max=torch.quantile(size, 0.93)).tolist()))
    optimizer, losses = torch.optim.SGD(head, lr=RATE, momentum=0.9, weight_decay=5e-4), []
    model.train()
    for epoch in range(epochs):
        for batch in cut(shuffled(list(weight), Stream(0, f"order of epoch {epoch}")), 25):
            x, y = world.batch(batch)
            w = torch.tensor([weight[row] for row in batch])
            loss = -torch.dot(w, F.cross_entropy(model(x), y, reduction="none")) / w.sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append((len(batch), loss.item()))
    return model, losses


METHODS = {"RL": random_label, "SalUn": salun, "FaLW": falw, "L1-sparse": l1_sparse, "SCRUB": scrub, "SFRon": sfron, "IMU": imu}


def run(method, perturbation=0.0):
    world = World(perturbation)
    model, losses = method(world)
    model.eval()
    with torch.no_grad():
        logits = model(world.images[world.unseen])
    moved = math.sqrt(sum((p - q).pow(2).sum().item() for p, q in zip(model.parameters(), world.original.parameters())))
    return {"steps": len(losses), "loss": sum(n * loss for n, loss in losses) / sum(n for n, _ in losses), "moved": moved, "logits": rounded(logits)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    if len(sys.argv) > 1:
        for name, method in METHODS.items():
            plain, other = run(method)["logits"], run(method, float(sys.argv[1]))["logits"]
            print(name, max(abs(a - b) for a, b in zip(plain, other)), "of", max(abs(a) for a in plain))
        sys.exit()
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "unlearning.json")
    with open(path, "w") as file:
        json.dump({name: run(method) for name, method in METHODS.items()}, file, separators=(",", ":"))
        file.write("\n")
