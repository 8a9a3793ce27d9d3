namespace FaLW.Tests.Experiments;

/// <summary>Same key, same bytes; whole or not at all; damage is noticed; two makers never meet.</summary>
public sealed class ExperimentCacheTests : InFolder
{
    private static readonly Stage Stage = Stage.Original(Protocol.Cifar100);
    private static readonly Made Made = new(12.5, new Provenance("kit", "2.0", "cpu", "a processor", 2, "a system", ".NET", "2026-01-01T00:00:00Z"));

    private readonly List<string> notices = [];
    private int made;

    [Fact]
    public void A_stage_is_made_once_and_then_read()
    {
        var first = Get(Open());
        var second = Get(Open());
        Assert.Equal(1, made);
        Assert.Equal((false, true), (first.Reused, second.Reused));
        Assert.Equal(Made, second.Made);
        Assert.Equal("bytes of 1", File.ReadAllText(second.File("model")));
    }

    /// <summary>An entry is sealed over its text, so what an earlier kit did not write must not be in it either.</summary>
    [Fact]
    public void What_was_not_told_is_not_written() => Assert.DoesNotContain("null", File.ReadAllText(Get(Open()).File("manifest.json")), StringComparison.Ordinal);

    [Fact]
    public void A_maker_that_fails_leaves_nothing()
    {
        using (var draft = Open().Begin(Stage, TestContext.Current.CancellationToken)) File.WriteAllText(Path.Combine(draft.Folder, "half"), "x");
        Assert.Empty(Directory.GetDirectories(home["unfinished"]));
        Assert.False(Open().Holds(Stage));
    }

    [Theory]
    [InlineData("model", "changed")]
    [InlineData("model", "cut")]
    [InlineData("model", "gone")]
    [InlineData("manifest.json", "changed")]
    [InlineData("manifest.json", "cut")]
    [InlineData("manifest.json", "gone")]
    public void Damage_is_set_aside_and_made_again(string file, string damage)
    {
        Damage(Get(Open()).File(file), damage);
        var entry = Get(Open());
        Assert.Equal((2, false, "bytes of 2"), (made, entry.Reused, File.ReadAllText(entry.File("model"))));
        Assert.Contains("is damaged", Assert.Single(notices), StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(home["damaged"]));
        Assert.True(Get(Open()).Reused);
    }

    [Fact]
    public void What_an_entry_says_of_its_making_is_read_as_it_was_written() =>
        Gen.Select(HostileText.Any, HostileText.Any, Gen.OneOf(Gen.Double, Gen.OneOf(double.NaN, double.PositiveInfinity, -0.0))).Sample(
            odd =>
            {
                Directory.CreateDirectory(home.Path);
                foreach (var old in Directory.GetFiles(home.Path)) File.Delete(old);
                var odder = Made with { Seconds = odd.Item3, Provenance = Made.Provenance with { Processor = odd.Item1, System = odd.Item2 } };
                Manifest.Of(Stage, odder, home.Path).Write(home.Path);
                var read = Manifest.Read(Stage, home.Path, out var damage);
                Assert.Equal("", damage);
                Assert.Equal(odder with { Provenance = odder.Provenance with { Processor = HostileText.AsUtf8(odd.Item1), System = HostileText.AsUtf8(odd.Item2) } }, read!.Made);
                var bytes = File.ReadAllBytes(home[Manifest.FileName]);
                File.Delete(home[Manifest.FileName]);
                read.Write(home.Path);
                Assert.Equal(bytes, File.ReadAllBytes(home[Manifest.FileName]));
            },
            iter: 100, threads: 1);

    [Fact]
    public void An_entry_of_another_key_is_damage()
    {
        var other = Stage.Retrain(Protocol.Cifar100);
        var entry = Get(Open());
        Directory.CreateDirectory(home[other.Name]);
        Directory.Move(entry.Folder, Path.Combine(home[other.Name], other.Key));
        Assert.False(Open().Get(other, Make).Reused);
        Assert.Contains("another key", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Fresh_makes_every_entry_anew_once_and_replaces_it()
    {
        Get(Open());
        var fresh = new ExperimentCache(home.Path) { Fresh = true };
        Assert.Equal((false, true), (Get(fresh).Reused, Get(fresh).Reused));
        Assert.Equal("bytes of 2", File.ReadAllText(Get(Open()).File("model")));
        Assert.Empty(Directory.GetDirectories(home["unfinished"]));
    }

    [Fact]
    public void What_a_dead_process_left_is_removed()
    {
        var leftover = Directory.CreateDirectory(Path.Combine(home["unfinished"], $"{Stage.Key}-dead"));
        File.WriteAllText(Path.Combine(leftover.FullName, "half"), "x");
        Get(Open());
        Assert.Empty(Directory.GetDirectories(home["unfinished"]));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_sentence()
    {
        File.WriteAllText(home["file"], "not a folder");
        var fault = Assert.Throws<Fault>(() => Get(new ExperimentCache(Path.Combine(home["file"], "cache"))));
        Assert.Contains("set FALW_CACHE", fault.Message, StringComparison.Ordinal);
    }

    private ExperimentCache Open() => new(home.Path, new Listener<string>(notices.Add));

    private CacheEntry Get(ExperimentCache cache) => cache.Get(Stage, Make);

    private Made Make(string place)
    {
        File.WriteAllText(Path.Combine(place, "model"), FormattableString.Invariant($"bytes of {++made}"));
        return Made;
    }

    private static void Damage(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        if (how == "gone") File.Delete(path);
        else if (how == "cut") File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        else File.WriteAllText(path, File.ReadAllText(path).Replace('1', '3'));
    }
}
