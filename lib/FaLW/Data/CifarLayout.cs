namespace FaLW.Data;

/// <summary>A binary file of fixed-size records as CIFAR has them.</summary>
/// <param name="Name">File name of the official binary, e.g. "train.bin".</param>
/// <param name="Records">Number of records.</param>
/// <param name="Digest">Digest of the decoded bytes as in <see cref="DataFile.Digest"/>; null when none is published.</param>
public sealed record CifarPart(string Name, int Records, string? Digest = null);

/// <summary>
/// The official CIFAR binary layout: label bytes, then red, green and blue planes of 32x32 bytes. The
/// last label byte counts (CIFAR-100 has the coarse label before the fine one).
/// </summary>
/// <param name="Benchmark">Which set.</param>
/// <param name="LabelBytes">1 for CIFAR-10, 2 for CIFAR-100.</param>
/// <param name="Parts">The files in order, train part first.</param>
/// <param name="TrainCount">The first so many records are the train part.</param>
public sealed record CifarLayout(Benchmark Benchmark, int LabelBytes, ValueList<CifarPart> Parts, int TrainCount)
{
    /// <summary>The official files of CIFAR-10.</summary>
    public static CifarLayout Cifar10 { get; } = new(
        Benchmark.Cifar10, 1,
        [
            new CifarPart("data_batch_1.bin", 10_000, "sha256:cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
            new CifarPart("data_batch_2.bin", 10_000, "sha256:a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
            new CifarPart("data_batch_3.bin", 10_000, "sha256:bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
            new CifarPart("data_batch_4.bin", 10_000, "sha256:014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
            new CifarPart("data_batch_5.bin", 10_000, "sha256:755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
            new CifarPart("test_batch.bin", 10_000, "sha256:8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
        ],
        50_000);

    /// <summary>The official files of CIFAR-100.</summary>
    public static CifarLayout Cifar100 { get; } = new(
        Benchmark.Cifar100, 2,
        [
            new CifarPart("train.bin", 50_000, "sha256:f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29"),
            new CifarPart("test.bin", 10_000, "sha256:d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a"),
        ],
        50_000);

    /// <summary>The first 4,000 records of CIFAR-10's first training file.</summary>
    public static CifarLayout Cifar10Sample { get; } = new(
        Benchmark.Cifar10Sample, 1,
        [new CifarPart("data_batch_1.first4000.bin", 4_000, "sha256:0993cf8b8e43bc207603aef9787006995746513f5e3fa5a52e06d1b069926330")],
        3_200);

    /// <summary>Bytes of one record.</summary>
    public int RecordBytes => LabelBytes + Benchmark.Pixels;

    /// <summary>Records of all parts.</summary>
    public int Records => Parts.Sum(part => part.Records);

    /// <summary>The record at which a part begins.</summary>
    /// <param name="part">Position of the part.</param>
    public int FirstRecord(int part) => Parts.Take(part).Sum(p => p.Records);
}
