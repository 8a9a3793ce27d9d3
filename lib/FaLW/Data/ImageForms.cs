namespace FaLW.Data;

/// <summary>
/// The forms in which each image set may lie on disk, best first, with the digests their authors publish:
/// cs.toronto.edu/~kriz/cifar.html, the README of zalandoresearch/fashion-mnist, and for MNIST and
/// Tiny-ImageNet the values that torchvision and public loaders check.
/// </summary>
public static class ImageForms
{
    private const string Toronto = "https://www.cs.toronto.edu/~kriz/";
    private const string Zalando = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
    private const string Mnist = "https://ossci-datasets.s3.amazonaws.com/mnist/";

    private static readonly IdxFile[] Fashion =
    [
        new("train-images-idx3-ubyte", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d", 47_040_016, "f4a8712d7a061bf5bd6d2ca38dc4d50a"),
        new("train-labels-idx1-ubyte", 29_515, "25c81989df183df01b3e8a0aad5dffbe", 60_008, "9018921c3c673c538a1fc5bad174d6f9"),
        new("t10k-images-idx3-ubyte", 4_422_102, "bef4ecab320f06d8554ea6380940ec79", 7_840_016, "8181f5470baa50b63fa0f6fddb340f0a"),
        new("t10k-labels-idx1-ubyte", 5_148, "bb300cfdad3c16e7a12a480ee83cd310", 10_008, "15d484375f8d13e6eb1aabb0c3f46965"),
    ];

    private static readonly IdxFile[] Handwritten =
    [
        new("train-images-idx3-ubyte", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873", 47_040_016, "6bbc9ace898e44ae57da46a324031adb"),
        new("train-labels-idx1-ubyte", 28_881, "d53e105ee54ea40749a09fcbcd1e9432", 60_008, "a25bea736e30d166cdddb491f175f624"),
        new("t10k-images-idx3-ubyte", 1_648_877, "9fb629c4189551a2d022fa330f9573f3", 7_840_016, "2646ac647ad5339dbf082846283269ea"),
        new("t10k-labels-idx1-ubyte", 4_542, "ec29112dd5afa0611ce80d1b7f02629c", 10_008, "27ae3e4e09519cfbb04c329615203637"),
    ];

    private static readonly Dictionary<string, ValueList<ImageForm>> All = new(StringComparer.Ordinal)
    {
        [Benchmark.Cifar10.Name] =
        [
            new PackedRecords(CifarLayout.Cifar10, ["cifar-10"],
            [
                new DataFile("data_batch_1.bin.med.br", 15_815_022, "sha256:287f61cb6b9308f401ed196e37d015c1499f24069b254022a1668b7c560c26f5"),
                new DataFile("data_batch_2.bin.med.br", 15_861_709, "sha256:53c86d06e1f4ca265378583fe31cae82f573e747f1a45370c5546ed9ba389fd9"),
                new DataFile("data_batch_3.bin.med.br", 15_863_985, "sha256:17b9d302982a2fd0019664c0e00b7014759cf58086b8f59ec5a0fd8f36168eb0"),
                new DataFile("data_batch_4.bin.med.br", 15_840_305, "sha256:b4efa2f992985aed810e816bc8c6da3c194b2c2f10aa886aeea0db95cbb9e334"),
                new DataFile("data_batch_5.bin.med.br", 15_805_729, "sha256:53efcb07a726c11afa27385852ca8eb993e04aad4fe88a1a1bf931b28c4ea4f9"),
                new DataFile("test_batch.bin.med.br", 15_842_702, "sha256:4f0ca427a141a003056dedebee6ec9bba846b97c309019419a7517e7c535144d"),
            ]),
            new CifarBinary(CifarLayout.Cifar10, ["cifar-10-batches-bin", "cifar-10", "cifar-10/cifar-10-batches-bin"]),
            new CifarArchive(CifarLayout.Cifar10, ["cifar-10", ""], new DataFile(
                "cifar-10-binary.tar.gz", 170_052_171, "sha256:c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", Toronto + "cifar-10-binary.tar.gz")),
        ],
        [Benchmark.Cifar10Sample.Name] =
        [
            new PackedRecords(CifarLayout.Cifar10Sample, ["cifar-10-official-sample"],
                [new DataFile("data_batch_1.first4000.bin.med.br", 6_348_567, "sha256:4927527b9d50988be29b7a36978ea2f20dda92cb44f0f722afc85b04eea67fcb")]),
        ],
        [Benchmark.Cifar100.Name] =
        [
            new PackedRecords(CifarLayout.Cifar100, ["cifar-100"],
            [
                new DataFile("train.bin.med.br", 80_242_504, "sha256:21ceb5b213986861da3f99fa59fa0902a008be8765da4d4ee6c6048b429ca73f"),
                new DataFile("test.bin.med.br", 16_085_876, "sha256:cef5cca497970ef1ed6f879e795afe9def2a5eab16d081c2901936c3d59465f1"),
            ]),
            new CifarBinary(CifarLayout.Cifar100, ["cifar-100-binary", "cifar-100", "cifar-100/cifar-100-binary"]),
            new CifarArchive(CifarLayout.Cifar100, ["cifar-100", ""], new DataFile(
                "cifar-100-binary.tar.gz", 168_513_733, "sha256:58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec", Toronto + "cifar-100-binary.tar.gz")),
        ],
        [Benchmark.FashionMnist.Name] = MnistLike(Benchmark.FashionMnist, "fashion-mnist", Zalando, Fashion, Handwritten[1]),
        [Benchmark.Mnist.Name] = MnistLike(Benchmark.Mnist, "mnist", Mnist, Handwritten, Fashion[1]),
        [Benchmark.TinyImageNet.Name] =
        [
            new TinyImageNet(Benchmark.TinyImageNet, 500, 10_000, zip: null),
            new TinyImageNet(Benchmark.TinyImageNet, 500, 10_000, new DataFile(
                "tiny-imagenet-200.zip", 248_100_043, "md5:90528d7ca1a48142e341f4ef8d21d0de", "http://cs231n.stanford.edu/tiny-imagenet-200.zip")),
        ],
        [Benchmark.Digits.Name] = [new Digits()],
        [Benchmark.TurnedDigits.Name] = [new TurnedDigits()],
        [Benchmark.Synthetic.Name] = [new Synthetic()],
    };

    /// <summary>The forms of a set, best first.</summary>
    /// <param name="benchmark">One of <see cref="Benchmark.All"/>.</param>
    public static ValueList<ImageForm> Of(Benchmark benchmark) => All.TryGetValue(benchmark.Name, out var forms)
        ? forms
        : throw new Fault($"Nobody knows how to read {benchmark.Name}; known sets are {string.Join(", ", All.Keys)}.");

    /// <summary>The form of a set that its authors offer for download, or null.</summary>
    /// <param name="benchmark">One of <see cref="Benchmark.All"/>.</param>
    public static ImageForm? Offered(Benchmark benchmark) =>
        Of(benchmark).FirstOrDefault(form => form.Files.Count > 0 && form.Files.All(file => file.Url is not null));

    // Torchvision, Zalando and LeCun write the names with a hyphen, Kaggle's copy writes a dot; nobody agrees on zipping.
    private static ValueList<ImageForm> MnistLike(Benchmark benchmark, string place, string site, IdxFile[] files, IdxFile another)
    {
        ValueList<string> places = [place, $"{place}/raw"];
        return
        [
            new Idx(benchmark, places, [.. files.Select(f => new DataFile($"{f.Name}.gz", f.ZippedSize, $"md5:{f.ZippedMd5}", $"{site}{f.Name}.gz"))], 60_000, 10_000, $"md5:{another.ZippedMd5}"),
            .. new[] { "-idx", ".idx" }.Select(mark => new Idx(
                benchmark, places, [.. files.Select(f => new DataFile(f.Name.Replace("-idx", mark, StringComparison.Ordinal), f.Size, $"md5:{f.Md5}"))], 60_000, 10_000, $"md5:{another.Md5}")),
        ];
    }

    private sealed record IdxFile(string Name, long ZippedSize, string ZippedMd5, long Size, string Md5);
}
