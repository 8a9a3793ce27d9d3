"""Forward and gradients of every layer, loss and function the kit uses."""
import torch
import torch.nn.functional as F
from torch import nn

from portable import labels, noise, rounded

FINAL = 99


def case(name, forward, inputs, module=None, train=True):
    """Forward, then the gradients of sum(output * noise) with respect to inputs and parameters."""
    if module is not None:
        fill(module)
        module.train(train)
    tensors = {key: noise(shape, salt).requires_grad_() for key, (shape, salt) in inputs.items()}
    output = forward(module, **tensors) if module is not None else forward(**tensors)
    (output * noise(output.shape, FINAL)).sum().backward()
    grads = {key: rounded(t.grad) for key, t in tensors.items() if t.grad is not None}
    result = {"name": name, "train": train, "inputs": {k: {"shape": s, "salt": t} for k, (s, t) in inputs.items()},
              "shape": list(output.shape), "output": rounded(output), "gradients": grads}
    if module is not None:
        grads.update({key: rounded(p.grad) for key, p in module.named_parameters()})
        result["buffers"] = {key: rounded(b) for key, b in module.named_buffers()}
    return result


def fill(module):
    with torch.no_grad():
        for i, (_, p) in enumerate(module.named_parameters()):
            p.copy_(noise(p.shape, 10 + i, -0.5, 0.5))


def once(module, x):
    return module(x)


def layers():
    x4 = {"x": ([2, 3, 6, 6], 1)}
    odd = {"x": ([2, 3, 7, 5], 1)}
    x2 = {"x": ([4, 6], 1)}
    yield case("Conv2d", once, x4, nn.Conv2d(3, 4, 3))
    yield case("Conv2d stride 2, padding 1, no bias", once, odd, nn.Conv2d(3, 4, 3, stride=2, padding=1, bias=False))
    yield case("Conv2d dilation 2", once, x4, nn.Conv2d(3, 2, 3, dilation=2))
    yield case("Conv2d groups 3", once, x4, nn.Conv2d(3, 6, 3, groups=3))
    yield case("Conv2d padding same", once, x4, nn.Conv2d(3, 2, 3, padding="same"))
    yield case("Conv2d reflect", once, x4, nn.Conv2d(3, 2, 3, padding=1, padding_mode="reflect"))
    yield case("Conv2d (3, 1) by (1, 2)", once, odd, nn.Conv2d(3, 2, (3, 1), stride=(1, 2), padding=(1, 0)))
    yield case("Linear", once, x2, nn.Linear(6, 3))
    yield case("Linear no bias", once, x2, nn.Linear(6, 3, bias=False))
    yield case("BatchNorm2d", lambda m, x: m(m(x)), x4, nn.BatchNorm2d(3))
    yield case("BatchNorm2d momentum 0.3, eps 0.001", lambda m, x: m(m(x)), x4, nn.BatchNorm2d(3, eps=1e-3, momentum=0.3))
    yield case("BatchNorm2d not affine", once, x4, nn.BatchNorm2d(3, affine=False))
    yield case("BatchNorm2d no statistics", once, x4, nn.BatchNorm2d(3, track_running_stats=False))
    yield case("BatchNorm2d evaluation", evaluated, x4, nn.BatchNorm2d(3))
    yield case("BatchNorm1d", once, x2, nn.BatchNorm1d(6))
    yield case("MaxPool2d", once, x4, nn.MaxPool2d(2))
    yield case("MaxPool2d 3, stride 2, padding 1, ceil", once, odd, nn.MaxPool2d(3, 2, 1, ceil_mode=True))
    yield case("AvgPool2d", once, odd, nn.AvgPool2d(2))
    yield case("AvgPool2d 3, padding 1, not counted", once, odd, nn.AvgPool2d(3, 2, 1, count_include_pad=False))
    yield case("AdaptiveAvgPool2d 1", once, odd, nn.AdaptiveAvgPool2d(1))
    yield case("AdaptiveAvgPool2d (3, 2)", once, odd, nn.AdaptiveAvgPool2d((3, 2)))
    for name, module in (("ReLU", nn.ReLU()), ("Tanh", nn.Tanh()), ("Sigmoid", nn.Sigmoid()), ("Softmax", nn.Softmax(1)),
                         ("LogSoftmax", nn.LogSoftmax(1)), ("Identity", nn.Identity()), ("GELU", nn.GELU()), ("SiLU", nn.SiLU()),
                         ("LeakyReLU", nn.LeakyReLU(0.2))):
        yield case(name, once, x2, module)
    yield case("Dropout evaluation", once, x2, nn.Dropout(0.5), train=False)
    yield case("Flatten", once, {"x": ([2, 3, 2, 2], 1)}, nn.Flatten())
    yield case("Sequential", once, x4, nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3)))


def evaluated(module, x):
    """Statistics from one training pass, used by an evaluation pass."""
    with torch.no_grad():
        module(x * 2 + 1)
    module.eval()
    return module(x)


def losses():
    two = {"x": ([5, 4], 1)}
    both = {"x": ([5, 4], 1), "y": ([5, 4], 2)}
    target, weight = labels(5, 4, 3), noise([4], 4, 0.5, 1.5)
    ignored = target.clone()
    ignored[1] = -100
    for reduction in ("none", "mean", "sum"):
        yield case("cross_entropy " + reduction, lambda x: F.cross_entropy(x, target, reduction=reduction), two)
        yield case("mse_loss " + reduction, lambda x, y: F.mse_loss(x, y, reduction=reduction), both)
        yield case("binary_cross_entropy_with_logits " + reduction, lambda x, y: F.binary_cross_entropy_with_logits(
            x, torch.sigmoid(y), reduction=reduction), both)
        yield case("kl_div " + reduction, lambda x, y: F.kl_div(
            F.log_softmax(x, 1), F.log_softmax(y, 1), reduction=reduction, log_target=True), both)
        yield case("nll_loss " + reduction, lambda x: F.nll_loss(F.log_softmax(x, 1), target, reduction=reduction), two)
    yield case("cross_entropy weighted", lambda x: F.cross_entropy(x, target, weight=weight), two)
    yield case("cross_entropy smoothed", lambda x: F.cross_entropy(x, target, label_smoothing=0.1), two)
    yield case("cross_entropy ignoring", lambda x: F.cross_entropy(x, ignored), two)
    yield case("cross_entropy of probabilities", lambda x, y: F.cross_entropy(x, F.softmax(y, 1)), both)
    yield case("nll_loss weighted", lambda x: F.nll_loss(F.log_softmax(x, 1), target, weight=weight), two)
    yield case("kl_div of probabilities", lambda x, y: F.kl_div(
        F.log_softmax(x, 1), F.softmax(y, 1), reduction="sum", log_target=False), both)
    yield case("binary_cross_entropy_with_logits weighted", lambda x, y: F.binary_cross_entropy_with_logits(
        x, torch.sigmoid(y), weight=weight, pos_weight=weight + 1), both)
    yield case("l1_loss", lambda x, y: F.l1_loss(x, y), both)
    yield case("smooth_l1_loss", lambda x, y: F.smooth_l1_loss(x, y, beta=0.5), both)


def functions():
    x4 = {"x": ([1, 2, 4, 4], 1)}
    for mode in ("constant", "reflect", "replicate", "circular"):
        yield case("pad " + mode, lambda x: F.pad(x, [1, 2, 0, 1], mode=mode), x4)
    yield case("pad value", lambda x: F.pad(x, [1, 0], value=0.5), x4)
    yield case("normalize", lambda x: F.normalize(x, 2, 1), x4)
    yield case("one_hot", lambda x: x * F.one_hot(labels(5, 4, 3), 4), {"x": ([5, 4], 1)})
    yield case("layer_norm", lambda x, w, b: F.layer_norm(x, [6], w, b), {"x": ([4, 6], 1), "w": ([6], 2), "b": ([6], 3)})


def initial():
    """Weights of fresh layers: the same generator, so the same numbers."""
    fresh = []
    for name, make in (("Conv2d", lambda: nn.Conv2d(3, 4, 3)), ("Linear", lambda: nn.Linear(6, 3))):
        torch.manual_seed(7)
        fresh.append({"name": name, "parameters": {k: rounded(p) for k, p in make().named_parameters()}})
    return fresh
