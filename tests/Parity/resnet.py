"""The short training run."""
import math

import numpy
import torch
import torch.nn.functional as F
from torch import nn

from portable import labels, noise, rounded


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
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.shortcut(x))


class ResNet20(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(Block(16, 16, 1), Block(16, 16, 1), Block(16, 16, 1))
        self.layer2 = nn.Sequential(Block(16, 32, 2), Block(32, 32, 1), Block(32, 32, 1))
        self.layer3 = nn.Sequential(Block(32, 64, 2), Block(64, 64, 1), Block(64, 64, 1))
        self.linear = nn.Linear(64, classes)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return self.linear(F.adaptive_avg_pool2d(x, 1).flatten(1))


def training(size, batch, rate, dtype, perturbation=0.0):
    """Thirty steps of ResNet-20 with the small-image layout.

    In float32 a rounding difference can switch a ReLU on or off, and thirty steps enlarge that to 0.1 in the loss: such a run
    would test the processor. So the float32 run uses a size and a salt whose losses stay within 1e-5 when all weights change by
    up to 3e-6 of themselves (the last argument) or oneDNN is off; the float64 run is larger, and nothing switches there.
    """
    model = ResNet20(10).to(dtype)
    with torch.no_grad():
        for i, (_, p) in enumerate(model.named_parameters()):
            if p.dim() > 1:
                bound = math.sqrt(3.0 / numpy.prod(p.shape[1:]))
                p.copy_(noise(p.shape, i, -bound, bound) * (1 + perturbation))
        model.linear.bias.zero_()
    batches = [(noise([batch, 3, size, size], 5000 + i).to(dtype), labels(batch, 10, 2000 + i)) for i in range(3)]
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9, weight_decay=5e-4, nesterov=True)
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, [20], gamma=0.1)
    result = []
    for step in range(30):
        x, y = batches[step % len(batches)]
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        schedule.step()
        result.append(loss.item())
    model.eval()
    with torch.no_grad():
        logits = model(batches[0][0][:2])
    return {"size": size, "batch": batch, "rate": rate, "parameters": sum(p.numel() for p in model.parameters()), "state": len(model.state_dict()),
            "names": list(model.state_dict()), "losses": result, "logits": rounded(logits)}
