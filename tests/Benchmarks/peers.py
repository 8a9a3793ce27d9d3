"""One method of another kit, from the Original, the images and the split that `FaLW.Benchmarks peers FOLDER` wrote; prints the row that the kit prints for its own.

usage: peers.py saliency|torchunlearn CHECKOUT FOLDER RL|SalUn|FT EPOCHS SEEDS THREADS
CHECKOUT is a clone of OPTML-Group/Unlearn-Saliency or Harry24k/machine-unlearning-pytorch. Nothing of theirs is here: their modules are imported from it.
"""
import argparse
import contextlib
import copy
import io
import json
import resource
import sys
import time
import types

import numpy
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

from train_step import Block


class ResNet8(torch.nn.Module):
    """The kit's ResNet-8, by the kit's names."""

    def __init__(self, classes):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 32, 3, 1, 1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(32)
        for i, (inputs, outputs) in enumerate([(32, 32), (32, 64), (64, 128)]):
            setattr(self, f"layer{i + 1}", torch.nn.Sequential(Block(inputs, outputs, 1 if i == 0 else 2)))
        self.fc = torch.nn.Linear(128, classes)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(torch.relu(self.bn1(self.conv1(x))))))
        return self.fc(torch.nn.functional.adaptive_avg_pool2d(x, 1).flatten(1))


class Rows(Dataset):
    """As torchvision's CIFAR: `data`, `targets`, pictures made one by one."""

    def __init__(self, data, targets, transform):
        self.data, self.targets, self.transform = data, numpy.array(targets), transform

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        return self.transform(Image.fromarray(self.data[i])), int(self.targets[i])


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        blob = file.read()
    kinds = {"F32": "f4", "F64": "f8", "I64": "i8", "U8": "u1"}
    return {name: numpy.frombuffer(blob[slice(*entry["data_offsets"])], kinds[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items() if name != "__metadata__"}


def saliency(checkout, model, loaders, classes, method, epochs):
    sys.path.insert(0, f"{checkout}/Classification")
    torch.Tensor.cuda = lambda self, *_, **__: self
    # What its package imports beside the method.
    for name in ("arg_parser", "pruner", "utils", "trainer", "evaluation", "lmdb", "imagenet", "matplotlib", "matplotlib.pyplot"):
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules["matplotlib"].pyplot = sys.modules["matplotlib.pyplot"]
    for name in ("extract_mask", "prune_model_custom", "remove_prune"):
        setattr(sys.modules["pruner"], name, None)
    sys.modules["imagenet"].get_x_y_from_data_dict = None
    meter = type("Meter", (), {"update": lambda self, value, n=1: setattr(self, "avg", value), "avg": 0, "val": 0})
    sys.modules["utils"].AverageMeter = meter
    sys.modules["utils"].accuracy = lambda output, target: [(output.argmax(1) == target).float().mean() * 100]
    package = types.ModuleType("unlearn")
    package.__path__ = [f"{checkout}/Classification/unlearn"]
    sys.modules["unlearn"] = package
    from unlearn.FT import FT
    from unlearn.RL import RL
    args = argparse.Namespace(decreasing_lr="91,136", rewind_epoch=0, unlearn_lr=0.013, momentum=0.9, weight_decay=5e-4, imagenet_arch=False, unlearn="RL", unlearn_epochs=epochs,
                              dataset="cifar100", num_classes=classes, batch_size=256, warmup=0, print_freq=10**9, save_dir=None, no_l1_epochs=0, alpha=0)
    mask = None
    if method == "SalUn":
        # Their mask is made by a script of its own and read from a file; the half with the largest summed gradients, as there.
        model.eval()
        model.zero_grad()
        for image, target in loaders["forget"]:
            (-torch.nn.functional.cross_entropy(model(image), target)).backward()
        sums = {name: p.grad.abs() for name, p in model.named_parameters()}
        flat = torch.cat([g.flatten() for g in sums.values()])
        least = flat.sort(descending=True).values[len(flat) // 2]
        mask = {name: (g > least).float() for name, g in sums.items()}
    (FT if method == "FT" else RL)(loaders, model, torch.nn.CrossEntropyLoss(), args, mask)


def torchunlearn(checkout, model, loaders, classes, method, epochs):
    sys.path.insert(0, checkout)
    import torchunlearn as kit
    from torchunlearn.unlearn import Finetune, RandomLabel, SalUn
    from torchunlearn.utils.data import MergedLoaders
    wrapped = kit.RobModel(model, n_classes=classes)
    parts = {"Retain": loaders["retain"], "Forget": loaders["forget"]}
    if method == "FT":
        trainer = Finetune(wrapped)
        del parts["Forget"]
    elif method == "SalUn":
        trainer = SalUn(wrapped)
        trainer.compute_saliency_mask(loaders["forget"])
    else:
        trainer = RandomLabel(wrapped, retain_lambda=0.5)
    trainer.setup(optimizer="SGD(lr=0.013, momentum=0.9, weight_decay=0.0005)", n_epochs=epochs)
    trainer.fit(MergedLoaders(parts), n_epochs=epochs, record_type="Epoch")


def main(peer, checkout, folder, method, epochs, seeds, threads):
    torch.set_num_threads(int(threads))
    sets = read(f"{folder}/sets.safetensors")
    images, labels = sets["images"].transpose(0, 2, 3, 1), sets["labels"]
    scale = [transforms.ToTensor(), transforms.Normalize(sets["mean"].tolist(), sets["deviation"].tolist())]
    moved = transforms.Compose([transforms.RandomCrop(32, padding=4), transforms.RandomHorizontalFlip(), *scale])
    classes = int(labels.max()) + 1
    start = ResNet8(classes)
    start.load_state_dict({name.replace("downsample", "shortcut"): torch.from_numpy(value.copy()) for name, value in read(f"{folder}/original.safetensors").items()})

    def loader(part, transform, shuffle):
        return DataLoader(Rows(images[sets[part]], labels[sets[part]], transform), batch_size=256, shuffle=shuffle)

    def accuracy(model, part):
        model.eval()
        with torch.no_grad():
            return 100 * sum((model(x).argmax(1) == y).sum().item() for x, y in loader(part, transforms.Compose(scale), False)) / len(sets[part])

    for seed in range(int(seeds)):
        torch.manual_seed(seed)
        numpy.random.seed(seed)
        model = copy.deepcopy(start)
        began = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            globals()[peer](checkout, model, {part: loader(part, moved, True) for part in ("forget", "retain")}, classes, method, int(epochs))
        seconds = (time.perf_counter() - began) / int(epochs)
        scores = " | ".join(f"{accuracy(model, part):.1f}" for part in ("forget", "retain", "test"))
        print(f"| {peer} | {method} | {seed} | {seconds:.1f} | {scores} | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
