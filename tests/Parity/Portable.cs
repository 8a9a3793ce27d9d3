namespace FaLW.Tests.Parity;

/// <summary>The inputs of portable.py, bit for bit, and the numbers Python's torch made of them.</summary>
internal static class Portable
{
    private static readonly JsonSerializerOptions Plain = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static T Stored<T>(string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Parity", name)), Plain)!;

    /// <summary>Numbers in [low, high) from their position and a salt: 32-bit multiply-xorshift.</summary>
    public static Tensor Noise(IReadOnlyCollection<long> shape, int salt, double low = -1, double high = 1)
    {
        var values = new float[shape.Aggregate(1L, (product, length) => product * length)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)(low + ((high - low) * (Word(i, salt) / 4294967296.0)));
        return tensor(values, dtype: ScalarType.Float32).reshape([.. shape]);
    }

    public static Tensor Labels(int count, int classes, int salt) => Noise([count], salt, 0, classes).floor().to_type(ScalarType.Int64);

    private static uint Word(int position, int salt)
    {
        var word = unchecked(((uint)position * 2654435761u) + ((uint)salt * 40503u) + 1u);
        word = unchecked((word ^ (word >> 16)) * 0x7FEB352Du);
        word = unchecked((word ^ (word >> 15)) * 0x846CA68Bu);
        return word ^ (word >> 16);
    }
}

/// <summary>Comparison of a tensor with stored numbers.</summary>
internal static class Near
{
    public static void Equal(IReadOnlyList<double> expected, Tensor? actual, string what, double tolerance = 1e-5)
    {
        Assert.True(actual is not null, $"{what}: there is none.");
        var values = actual.detach().to_type(ScalarType.Float64).reshape(-1).data<double>().ToArray();
        Assert.Equal(expected.Count, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (!(Math.Abs(values[i] - expected[i]) <= tolerance * (1 + Math.Abs(expected[i]))))
                Assert.Fail(FormattableString.Invariant($"{what}[{i}]: Python has {expected[i]}, this is {values[i]}."));
        }
    }
}
