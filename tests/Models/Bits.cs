namespace FaLW.Tests.Models;

/// <summary>Tensors as host numbers, for exact comparison.</summary>
internal static class Bits
{
    public static byte[] Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().bytes.ToArray();
    }

    public static float[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to_type(float32).cpu().contiguous().data<float>().ToArray();
    }

    public static Dictionary<string, byte[]> Of(Classifier model) =>
        model.State.ToDictionary(entry => entry.Name, entry => Of(entry.Value), StringComparer.Ordinal);

    public static double LargestDifference(Tensor left, Tensor right) =>
        Numbers(left).Zip(Numbers(right), (a, b) => Math.Abs((double)a - b)).Max();

    /// <summary>A batch that depends on nothing but its shape.</summary>
    public static Tensor Images(params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        float[] values = [.. Enumerable.Range(0, (int)count).Select(i => (float)Math.Sin(0.37 * i * i))];
        return tensor(values, dtype: float32).reshape(shape);
    }
}

/// <summary>Files stored beside the tests.</summary>
internal static class Fixture
{
    public static string Of(string name) => Path.Combine(Repository.Root, "tests", "Models", "fixtures", name);
}
