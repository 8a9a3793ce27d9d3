namespace TorchSharp;

/// <summary>One tensor in TorchSharp's own binary format: type, rank and lengths as 7-bit numbers, then the bytes.</summary>
internal static class TensorRecord
{
    internal static void Write(BinaryWriter writer, torch.Tensor tensor)
    {
        using var host = tensor.cpu();
        using var whole = host.contiguous();
        writer.Write7BitEncodedInt64((long)tensor.dtype);
        writer.Write7BitEncodedInt64(tensor.ndim);
        foreach (var length in tensor.shape) writer.Write7BitEncodedInt64(length);
        writer.Write(whole.bytes);
    }

    /// <summary>Reads into a tensor of the same type and shape.</summary>
    internal static void Read(BinaryReader reader, torch.Tensor into, string name)
    {
        using var stored = Read(reader);
        if (stored.dtype != into.dtype || !stored.shape.AsSpan().SequenceEqual(into.shape))
            throw new ArgumentException(
                $"'{name}' is {into.dtype} [{string.Join(", ", into.shape)}] here and {stored.dtype} [{string.Join(", ", stored.shape)}] in the file. " +
                "Make sure that the model you are loading into is exactly the same as the origin.");
        using var still = torch.no_grad();
        into.copy_(stored);
    }

    internal static torch.Tensor Read(BinaryReader reader)
    {
        var type = (torch.ScalarType)reader.Read7BitEncodedInt64();
        var shape = new long[reader.Read7BitEncodedInt64()];
        for (var i = 0; i < shape.Length; i++) shape[i] = reader.Read7BitEncodedInt64();
        var tensor = torch.empty(shape, type);
        reader.BaseStream.ReadExactly(tensor.bytes);
        return tensor;
    }
}
