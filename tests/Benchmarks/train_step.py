"""The training step that the C# benchmark is held against: same network, batch, optimiser and libtorch.

usage: train_step.py NETWORK BATCH STEPS contiguous|channels_last float32|bfloat16 THREADS
prints the median milliseconds of one step (forward, backward, SGD with momentum and weight decay).
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


class ResNet(nn.Module):
    def __init__(self, widths, blocks, classes=100):
        super().__init__()
        self.conv1 = nn.Conv2d(3, widths[0], 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(widths[0])
        layers, inputs = [], widths[0]
        for stage, (width, count) in enumerate(zip(widths, blocks)):
            for i in range(count):
                layers.append(Block(inputs, width, 2 if stage > 0 and i == 0 else 1))
                inputs = width
        self.layers = nn.Sequential(*layers)
        self.linear = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.layers(F.relu(self.bn1(self.conv1(x))))
        return self.linear(F.adaptive_avg_pool2d(x, 1).flatten(1))


NETWORKS = {
    "ResNet8": lambda: ResNet([32, 64, 128], [1, 1, 1], 20),
    "ResNet20": lambda: ResNet([16, 32, 64], [3, 3, 3]),
    "ResNet18": lambda: ResNet([64, 128, 256, 512], [2, 2, 2, 2]),
}


def main(network, batch, steps, layout, precision, threads):
    torch.set_num_threads(int(threads))
    torch.manual_seed(0)
    model = NETWORKS[network]()
    images = torch.randn(int(batch), 3, 32, 32)
    labels = torch.randint(0, model.linear.out_features, (int(batch),))
    if layout == "channels_last":
        model = model.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
    times = []
    for _ in range(int(steps) + 2):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=False)
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
            logits = model(images)
        F.cross_entropy(logits.float(), labels).backward()
        optimizer.step()
        times.append(1000 * (time.perf_counter() - start))
    times = sorted(times[2:])
    print(f"{times[len(times) // 2]:.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
