using FaLW.Build;

namespace FaLW.Tests.Engine;

/// <summary>The remedy for distributions whose C++ library is older than TorchSharp's, on the package's own file.</summary>
public class WeakVersionTests
{
    private const int SectionHeader = 64;
    private static readonly Lazy<byte[]?> Package = new(Find);

    [Fact]
    public void One_byte_is_changed_and_only_once()
    {
        var (before, after) = (Original(), Original());
        Assert.False(WeakVersion.IsWeak(after));
        Assert.True(WeakVersion.Apply(after));
        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToList();
        Assert.Equal(before[Assert.Single(changed)] | 2, after[changed[0]]);
        Assert.True(WeakVersion.IsWeak(after));
        var once = after.ToArray();
        Assert.False(WeakVersion.Apply(after));
        Assert.Equal(once, after);
    }

    [Fact]
    public void A_second_symbol_that_needs_the_version_is_named_and_nothing_is_changed()
    {
        var library = Original();
        var (marker, other) = TwoSymbols(library);
        library.AsSpan(marker, 2).CopyTo(library.AsSpan(other, 2));
        var before = library.ToArray();
        Assert.Contains("is needed by", Assert.Throws<InvalidDataException>(() => WeakVersion.Apply(library)).Message, StringComparison.Ordinal);
        Assert.Equal(before, library);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(4096)]
    [InlineData(-1)]
    [InlineData(-SectionHeader)]
    [InlineData(-100_000)]
    public void A_file_that_was_cut_is_refused(int length) => Refused(Original()[..(length < 0 ? Original().Length + length : length)]);

    [Fact]
    public void What_is_no_library_is_refused()
    {
        Refused(Encoding.ASCII.GetBytes(new string('x', 5000)));
        Refused(new byte[5000]);
        var random = new Random(0);
        for (var i = 0; i < 200; i++)
        {
            var garbage = new byte[2000];
            random.NextBytes(garbage);
            Refused(garbage);
        }
    }

    // Damage in one place may leave the file readable; it must never end in another exception or in no end at all.
    [Fact]
    public void Damage_anywhere_in_the_tables_ends_in_an_answer_or_a_refusal()
    {
        var whole = Original();
        var table = (int)BitConverter.ToInt64(whole, 40);
        var places = Enumerable.Range(0, 64).Concat(Enumerable.Range(table, whole.Length - table)).Concat(Needs(whole)).ToList();
        var random = new Random(0);
        for (var i = 0; i < 300; i++)
        {
            var (at, was) = (places[random.Next(places.Count)], 0);
            (was, whole[at]) = (whole[at], (byte)random.Next(256));
            if (Record.Exception(() => WeakVersion.IsWeak(whole)) is { } fault) Assert.IsType<InvalidDataException>(fault);
            whole[at] = (byte)was;
        }
    }

    private static void Refused(byte[] file)
    {
        Assert.Throws<InvalidDataException>(() => WeakVersion.Apply(file));
        Assert.Throws<InvalidDataException>(() => WeakVersion.IsWeak(file));
    }

    private static byte[] Original()
    {
        Assert.SkipWhen(Package.Value is null, "The package's own libLibTorchSharp.so is not in the package folder of this machine.");
        return Package.Value.ToArray();
    }

    private static byte[]? Find()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3);
        var path = Path.Combine(folder, "torchsharp", version, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    // Where the marker's version stands in .gnu.version, and that of another symbol, the last one.
    private static (int Marker, int Other) TwoSymbols(byte[] file)
    {
        var (names, symbols) = (Section(file, 11, linked: true), Section(file, 11));
        var versions = Section(file, 0x6fffffff);
        var name = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(WeakVersion.Marker + "\0")) - names.Offset;
        var row = Enumerable.Range(0, symbols.Size / 24).Single(i => BitConverter.ToInt32(file, symbols.Offset + (24 * i)) == name);
        return (versions.Offset + (2 * row), versions.Offset + versions.Size - 2);
    }

    private static IEnumerable<int> Needs(byte[] file) => Section(file, 0x6ffffffe) is var needs ? Enumerable.Range(needs.Offset, needs.Size) : [];

    private static (int Offset, int Size) Section(byte[] file, uint type, bool linked = false)
    {
        int Header(int i) => (int)BitConverter.ToInt64(file, 40) + (i * SectionHeader);
        var found = Enumerable.Range(0, BitConverter.ToUInt16(file, 60)).Single(i => BitConverter.ToUInt32(file, Header(i) + 4) == type);
        var at = Header(linked ? BitConverter.ToInt32(file, Header(found) + 40) : found);
        return ((int)BitConverter.ToInt64(file, at + 24), (int)BitConverter.ToInt64(file, at + 32));
    }
}
