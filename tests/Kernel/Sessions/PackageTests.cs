namespace FaLW.Kernel.Tests.Sessions;

/// <summary>Packages in cells, from a feed in a folder; nothing of it is left on the machine.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string?[] before = [.. Variables.Select(Environment.GetEnvironmentVariable)];

    public PackageTests()
    {
        foreach (var name in Variables) Environment.SetEnvironmentVariable(name, Path.Combine(folder.Path, name));
        PackageFeed.Configure(folder);
        Directory.CreateDirectory(Path.Combine(folder.Path, "feed"));
    }

    private static string[] Variables => ["NUGET_PACKAGES", "XDG_CACHE_HOME"];

    public void Dispose()
    {
        foreach (var (name, value) in Variables.Zip(before)) Environment.SetEnvironmentVariable(name, value);
        folder.Dispose();
    }

    [Fact]
    public void A_package_is_restored_told_kept_and_seen_by_later_cells_and_its_native_library_loads()
    {
        const string source = "namespace Probe; public static class Native { [System.Runtime.InteropServices.DllImport(\"probe\", EntryPoint = \"SystemNative_GetPid\")] public static extern int Id(); }";
        PackageFeed.Put(folder, "Probe", "1.2.0", source, isNative: OperatingSystem.IsLinux());
        var talk = new Conversation(folder.Path);
        var first = talk.Ask("#r \"nuget: Probe, 1.2.0\"\nusing Probe;\ntypeof(Native).Assembly.GetName().Name", new Probe { IsLive = true });
        Assert.Equal("<Probe 1.2.0: restoring …\n>[result Probe]", first.Text);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The native library of this test is one of Linux.");
        Assert.Equal("[result True]", talk.Say("Native.Id() == Environment.ProcessId"));
        Assert.Equal("[result True]", talk.Say("#r \"nuget:probe,1.2.0\"\nNative.Id() > 0"));

        // The feed is gone: what was restored once is there.
        Directory.Delete(Path.Combine(folder.Path, "feed"), recursive: true);
        Assert.Equal("[result Probe]", new Conversation(folder.Path).Ask("#r \"nuget: Probe, 1.2.0\"\ntypeof(Probe.Native).Namespace", new Probe { IsLive = true }).Text);
    }

    [Fact]
    public void What_cannot_be_had_is_a_sentence()
    {
        PackageFeed.Put(folder, "Probe", "1.2.0", "public class One;");
        PackageFeed.Put(folder, "Later", "1.0.0", "public class Later;", framework: "net99.0");
        Assert.Contains("no package 'Nowhere' on the feeds", Message("Nowhere, 1.0.0"), StringComparison.Ordinal);
        Assert.Contains("no such version of the package 'Probe'; the nearest is 1.2.0", Message("Probe, 1.1.0"), StringComparison.Ordinal);
        Assert.Contains("'Later' is not made for .NET 10.0, but for net99.0", Message("Later, 1.0.0"), StringComparison.Ordinal);
        PackageFeed.Configure(folder, "http://127.0.0.1:9/index.json");
        Assert.Contains("feeds of this machine cannot be reached", Message("Probe, 1.2.0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_of_what_is_loaded_is_refused()
    {
        PackageFeed.Put(folder, "Probe", "1.0.0", "[assembly: System.Reflection.AssemblyVersion(\"1.0.0.0\")] public class One;");
        PackageFeed.Put(folder, "Probe", "2.0.0", "[assembly: System.Reflection.AssemblyVersion(\"2.0.0.0\")] public class One;");
        PackageFeed.Put(folder, "Newer", "1.0.0", "[assembly: System.Reflection.AssemblyVersion(\"99.0.0.0\")] public class Two;", assembly: "System.Text.Json");
        PackageFeed.Library(Path.Combine(folder.Path, "lib"), "Probe", "[assembly: System.Reflection.AssemblyVersion(\"1.0.0.0\")] public class One;");
        var talk = new Conversation(folder.Path);
        talk.Say("#r \"lib/Probe.dll\"\nnew One();");
        Assert.Contains("would bring Probe 2.0.0.0, and this session uses Probe 1.0.0.0. Restart the kernel", talk.Fail("#r \"nuget: Probe, 2.0.0\"").Message, StringComparison.Ordinal);
        Assert.Equal("[result One]", talk.Say("#r \"nuget: Probe, 1.0.0\"\nnew One().GetType().Name"));
        Assert.Contains("Probe 1.0.0 is in use in this session", talk.Fail("#r \"nuget: Probe, 2.0.0\"").Message, StringComparison.Ordinal);
        Assert.Contains("would bring System.Text.Json 99.0.0.0, and .NET 10.0", talk.Fail("#r \"nuget: Newer, 1.0.0\"").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#r \"nuget: Probe\"", "does not say which version. Write #r \"nuget: Probe, 1.2.3\"")]
    [InlineData("#r \"nuget: Probe, 1.*\"", "does not say which version")]
    [InlineData("#i \"nuget: https://example.org\"", "feeds that NuGet knows on this machine")]
    public void A_request_must_be_one_that_gives_the_same_tomorrow(string code, string sentence) =>
        Assert.Contains(sentence, new Conversation(folder.Path).Fail(code).Message, StringComparison.Ordinal);

    [Fact]
    public void A_package_of_the_field_that_this_machine_holds_needs_no_network()
    {
        var packages = before[0] ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var place = Path.Combine(packages, "mathnet.numerics");
        Assert.SkipUnless(Directory.Exists(place), "The package folder of this machine does not hold MathNet.Numerics.");
        Environment.SetEnvironmentVariable("NUGET_PACKAGES", packages);
        var version = Path.GetFileName(Directory.GetDirectories(place)[0]);
        Assert.Equal("[result 2]", new Conversation(folder.Path).Say($"#r \"nuget: MathNet.Numerics, {version}\"\nusing MathNet.Numerics.Statistics;\nnew[] {{ 1.0, 2, 3 }}.Median()"));
    }

    private string Message(string package) => new Conversation(folder.Path).Fail($"#r \"nuget: {package}\"").Message;

    /// <summary>One package brings what another's native library needs, as libtorch and TorchSharp do.</summary>
    [Fact]
    public void Native_libraries_of_several_packages_lie_in_one_folder_and_follow_their_packages()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links are a privilege there.");
        string[] natives = [folder.Write("one/libone.so", "1"), folder.Write("two/libtwo.so", "2")];
        var together = Path.Combine(folder.Path, "together");
        string[] links = [Path.Combine(together, "libone.so"), Path.Combine(together, "libtwo.so")];
        Assert.Equal(links, PackageAssets.Together(natives, together));
        natives[1] = folder.Write("newer/libtwo.so", "3");
        Assert.Equal(links, PackageAssets.Together(natives, together));
        Assert.Equal(["1", "3"], links.Select(File.ReadAllText));
        Assert.Equal(links, Directory.GetFiles(together).Order(StringComparer.Ordinal));
        Assert.Equal([natives[0]], PackageAssets.Together([natives[0]], Path.Combine(folder.Path, "none")));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "none")));
    }
}
