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

    private static readonly Dictionary<string, ValueList<ImageForm>> All = new(StringComparer.Ordinal)
    {
        [Benchmark.Cifar10.Name] =
        [
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
        [Benchmark.FashionMnist.Name] = MnistLike(Benchmark.FashionMnist, "fashion-mnist", Zalando,
            (26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"), (29_515, "25c81989df183df01b3e8a0aad5dffbe"),
            (4_422_102, "bef4ecab320f06d8554ea6380940ec79"), (5_148, "bb300cfdad3c16e7a12a480ee83cd310")),
        [Benchmark.Mnist.Name] = MnistLike(Benchmark.Mnist, "mnist", Mnist,
            (9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"), (28_881, "d53e105ee54ea40749a09fcbcd1e9432"),
            (1_648_877, "9fb629c4189551a2d022fa330f9573f3"), (4_542, "ec29112dd5afa0611ce80d1b7f02629c")),
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

    private static ValueList<ImageForm> MnistLike(Benchmark benchmark, string place, string site, params (long Size, string Md5)[] zipped)
    {
        string[] names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
        long[] sizes = [47_040_016, 60_008, 7_840_016, 10_008];
        ValueList<string> places = [place, $"{place}/raw"];
        return
        [
            new Idx(benchmark, places, [.. names.Zip(zipped, (name, z) => new DataFile($"{name}.gz", z.Size, $"md5:{z.Md5}", $"{site}{name}.gz"))], 60_000, 10_000),
            new Idx(benchmark, places, [.. names.Zip(sizes, (name, size) => new DataFile(name, size))], 60_000, 10_000),
        ];
    }
}
