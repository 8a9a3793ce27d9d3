namespace FaLW.Tests.Models;

/// <summary>The files under fixtures were written by Python (safetensors.py, networks.py).</summary>
public class SafetensorsTests
{
    [Theory]
    [InlineData("resnet8.safetensors")]
    [InlineData("resnet18.io.safetensors")]
    public void A_file_of_Python_read_and_written_again_is_the_same_bytes(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();

        Safetensors.Write(folder["ours"], Safetensors.Read(Fixture.Of(name), CPU));

        Assert.Equal(File.ReadAllBytes(Fixture.Of(name)), File.ReadAllBytes(folder["ours"]));
    }

    /// <summary>Whatever the names, shapes and formats, and in whatever order: what is written is read, and written again it is the same bytes.</summary>
    [Fact]
    public void What_is_written_is_read_and_written_again_as_the_same_bytes()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        ScalarType[] formats = [ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool];
        var names = Gen.OneOf("", "a", "\"", "\\", "\n", "\0", "é", "字", "😀", "dtype", "__metadata", " ", "{}").Array[3].Select(string.Concat);
        var tensors = Gen.Select(names, Gen.OneOf(formats), Gen.Long[0, 3].Array[0, 4], (name, format, shape) => (Name: name, Format: format, Shape: shape));
        tensors.Array[0, 20].Select(list => list.DistinctBy(entry => entry.Name).ToArray()).Sample(all =>
        {
            using var each = NewDisposeScope();
            (string Name, Tensor Value)[] written = [.. all.Select(entry => (entry.Name, randint(0, 9, entry.Shape).to_type(entry.Format)))];
            Safetensors.Write(folder["first"], written);
            var read = Safetensors.Read(folder["first"], CPU);
            Safetensors.Write(folder["second"], read);
            var found = read.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
            return found.Count == written.Length && File.ReadAllBytes(folder["first"]).SequenceEqual(File.ReadAllBytes(folder["second"]))
                && written.All(entry => found[entry.Name].dtype == entry.Value.dtype && found[entry.Name].shape.SequenceEqual(entry.Value.shape) && found[entry.Name].Equals(entry.Value));
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void What_would_not_be_read_is_not_written_and_the_old_file_stays()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["old"], "old");
        var fault = Assert.Throws<ArgumentException>(() => Safetensors.Write(folder["old"], [("a", zeros(2, dtype: complex64))]));
        Assert.Contains("is ComplexFloat32, for which safetensors has no format", fault.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(folder["old"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Numbers_of_every_format_survive()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        (string, Tensor)[] tensors =
        [
            ("flag", tensor(new[] { true, false, true })), ("byte", tensor(new byte[] { 0, 255 })),
            ("half", arange(3, dtype: float16)), ("brain", arange(3, dtype: bfloat16)), ("single", Bits.Images(2, 3)),
            ("double", arange(3, dtype: float64)), ("scalar", tensor(7L)), ("empty", zeros([0, 3], dtype: float32)),
        ];

        Safetensors.Write(folder["all"], tensors);
        var read = Safetensors.Read(folder["all"], CPU).ToDictionary(entry => entry.Name, entry => entry.Value);

        Assert.All(tensors, entry =>
        {
            Assert.Equal(entry.Item2.dtype, read[entry.Item1].dtype);
            Assert.Equal(entry.Item2.shape, read[entry.Item1].shape);
            if (entry.Item2.numel() > 0) Assert.Equal(Bits.Of(entry.Item2), Bits.Of(read[entry.Item1]));
        });
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Fixture.Of("resnet8.io.safetensors"));
        for (var length = 0; length < whole.Length; length += 61)
        {
            File.WriteAllBytes(folder["cut"], whole[..length]);
            Assert.Contains("cut is not a whole safetensors file", Refusal(folder["cut"]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{", "", "not a whole safetensors file")]
    [InlineData("[]", "", "not a whole safetensors file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "1234", "a needs 8 bytes but its range is 0 to 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "12345678", "a begins at byte 4 of the data, not at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "12345678", "its tensors take 4 bytes, but 8 bytes follow")]
    [InlineData("""{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", "1234", "number format F31 of a is unknown")]
    [InlineData("""{"a":{"dtype":"U16","shape":[2],"data_offsets":[0,4]}}""", "1234", "holds a as U16, a type that is valid and not used")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}""", "", "shape or range of a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,2],"data_offsets":[0,4]}}""", "1234", "not a whole safetensors file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4611686018427387904,4611686018427387904],"data_offsets":[0,0]}}""", "", "is larger than any tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":["x"],"data_offsets":[0,4]}}""", "1234", "not a whole safetensors file")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "1234", "not a whole safetensors file")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", "12", "not a whole safetensors file")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", "12", "b begins at byte 1 of the data, not at 2")]
    public void A_header_that_breaks_a_promise_is_refused(string header, string data, string sentence)
    {
        using var folder = new TemporaryFolder();
        var text = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(folder["bad"], [.. BitConverter.GetBytes((long)text.Length), .. text, .. Encoding.UTF8.GetBytes(data)]);
        Assert.Contains(sentence, Refusal(folder["bad"]), StringComparison.Ordinal);
    }

    /// <summary>The lines that a reader is told to run hold the file's own name, and never let a pickle run anything.</summary>
    [Fact]
    public void A_file_of_torch_comes_with_the_lines_that_convert_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["resnet.pth"], "PK\u0003\u0004 archive/data.pkl and then tensors");
        Assert.Contains("torch.load(\"resnet.pth\", map_location=\"cpu\", weights_only=True)\n", Refusal(folder["resnet.pth"]).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("safetensors.torch.save_file({k: v.contiguous().clone() for k, v in ", Refusal(folder["resnet.pth"]), StringComparison.Ordinal);
    }

    /// <summary>What people load by mistake, by its first bytes; nothing that may be healthy is to be deleted.</summary>
    [Theory]
    [InlineData("PK\u0003\u0004 archive/data.pkl and then tensors", "a zip archive as torch.save writes it")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "'git lfs pull'")]
    [InlineData("\n<!DOCTYPE html><html><body>Not Found</body></html>", "a web page")]
    [InlineData("<html>", "a web page")]
    [InlineData("\u0080\u0002\u008a\n\0\0\0\0\0\0\0\0", "a Python pickle")]
    [InlineData("(dp0\nS'conv1.weight'\np1\n", "a Python pickle")]
    [InlineData("ccollections\nOrderedDict\np0\n", "a Python pickle")]
    [InlineData("\u001f\u008b\b\0\0\0\0\0\0\u0003", "packed by gzip. Unpack it")]
    [InlineData("GGUF\u0003\0\0\0\0\0\0\0", "a GGUF file")]
    [InlineData("\u0089HDF\r\n\u001a\n\0\0", "an HDF5 file")]
    [InlineData("\u0093NUMPY\u0001\0v\0", "an array of NumPy")]
    [InlineData("BZh91AY&SY\u0001", "packed, or damaged")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\u0007\0\0\0arr.npy", "an archive of NumPy (.npz)")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\u0007\0\0\0a.keras", "not one of torch.save")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\u0010\0\0\0archive/data.pkl", "as torch.save writes it")]
    [InlineData("{\"metadata\": {\"total_size\": 1}, \"weight_map\": {}}", "a text in JSON")]
    [InlineData("{\"error\":\"Repository not found\"}", "a text in JSON")]
    public void A_whole_file_of_another_kind_is_named(string start, string kind)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["other"], Encoding.Latin1.GetBytes(start));
        Assert.Contains(kind, Refusal(folder["other"]), StringComparison.Ordinal);
        Assert.DoesNotContain("Delete", Refusal(folder["other"]), StringComparison.Ordinal);
    }

    /// <summary>The length of a header may begin as a web page ('&lt;' is 60), a zip archive or a pickle does; a damaged file of that length is none of them.</summary>
    [Theory]
    [InlineData(60)]
    [InlineData(0x4b50)]
    [InlineData(0x0280)]
    [InlineData(0x8b1f)]
    [InlineData(0x717d)]
    public void A_damaged_file_is_not_taken_for_another_kind(int length)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["bad"], [.. BitConverter.GetBytes((long)length), .. Encoding.UTF8.GetBytes("{".PadRight(length))]);
        Assert.Contains("bad is not a whole safetensors file", Refusal(folder["bad"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_header_beyond_the_file_which_is_never_allocated_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("There is no checkpoint", Refusal(folder["missing"]), StringComparison.Ordinal);
        File.WriteAllBytes(folder["huge"], [.. BitConverter.GetBytes(ulong.MaxValue), (byte)'{', (byte)'}']);
        Assert.Contains("huge is not safetensors: a file of another kind, packed, or damaged", Refusal(folder["huge"]), StringComparison.Ordinal);
        File.WriteAllBytes(folder["cut"], [.. BitConverter.GetBytes(99_000_000L), (byte)'{', (byte)'}']);
        Assert.Contains("claims 99000000 bytes, but the file has 10", Refusal(folder["cut"]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_leaves_the_old_file_and_no_rest()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["taken"]);

        var fault = Assert.Throws<IOException>(() => Safetensors.Write(folder["taken"], [("a", Bits.Images(2))]));
        Assert.Contains("could not be written", fault.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => Safetensors.Write(folder["absent/file"], [("a", Bits.Images(2))]));

        Assert.Equal([folder["taken"]], Directory.GetFileSystemEntries(folder.Path));
    }

    private static string Refusal(string path) =>
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(path, CPU)).Message;
}
