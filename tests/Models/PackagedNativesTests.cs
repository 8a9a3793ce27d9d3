namespace FaLW.Tests.Models;

/// <summary>Only in a package folder is anything loaded by path; that it helps there is shown by tests/Campaigns/packages.sh.</summary>
public sealed class PackagedNativesTests
{
    [Fact]
    public void A_library_in_a_build_folder_loads_nothing_by_path() => Assert.Empty(PackagedNatives.Load(AppContext.BaseDirectory, "linux-x64"));

    [Fact]
    public void What_is_no_library_is_left_to_TorchSharp()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { "falw/1.0.0/runtimes/linux-x64/native/libLibTorchSharp.so", "libtorch-cpu-linux-x64/2.0.0/runtimes/linux-x64/native/libtorch.so" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
            File.WriteAllText(folder[file], "no library");
        }
        Assert.Empty(PackagedNatives.Load(folder["falw/1.0.0/lib/net10.0"], "linux-x64"));
    }

    [Fact]
    public void The_newest_version_is_taken_and_no_preview_of_it() =>
        Assert.Equal("torch/2.10.0", PackagedNatives.Newest(["torch/2.7.1.0", "torch/2.10.0", "torch/3.0.0-preview", "torch/2.9.0"]));
}
