using System.Diagnostics;
using FaLW.Tests.House;

namespace FaLW.Tests.Torch;

/// <summary>Which libtorch is bound, and what is said when there is none.</summary>
public sealed class DiscoveryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("falw-libtorch-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_empty_folder_is_refused_with_a_remedy()
    {
        var (code, lines, complaint) = Find(folder);
        Assert.Equal(1, code);
        Assert.Empty(lines);
        Assert.Equal(
            $"libtorch was not found in FALW_LIBTORCH={folder}: expected lib/libtorch.so in it. " +
            "Set it to a libtorch or site-packages/torch folder, or unset it to use the system's.",
            complaint);
    }

    [Fact]
    public void A_libtorch_without_headers_is_refused_with_a_remedy()
    {
        Touch("lib/libtorch.so", "");
        var (code, _, complaint) = Find(folder);
        Assert.Equal(1, code);
        Assert.Contains("has no C++ headers", complaint, StringComparison.Ordinal);
        Assert.Contains("environment/setup.sh", complaint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "2", "11", "20", "1")]
    [InlineData("torch/", "1", "13", "17", "0")]
    public void A_folder_or_the_site_packages_around_it_is_described(
        string inside, string major, string minor, string standard, string abi)
    {
        Touch(inside + "lib/libtorch.so", "");
        Touch(inside + "lib/libc10.so", abi is "1" ? "_ZN3c105ErrorC1ENSt7__cxx1112basic" : "_ZN3c105ErrorC1ESs");
        Touch(
            inside + "include/torch/csrc/api/include/torch/version.h",
            $"#define TORCH_VERSION_MAJOR {major}\n#define TORCH_VERSION_MINOR {minor}\n#define TORCH_VERSION_PATCH 0\n");
        var (code, lines, complaint) = Find(folder);
        Assert.Equal((0, ""), (code, complaint));
        var root = Path.Combine(folder, inside).TrimEnd('/');
        string[] expected =
        [
            $"root={root}", $"version={major}.{minor}.0", $"include={root}/include;{root}/include/torch/csrc/api/include",
            $"lib={root}/lib", $"abi={abi}", "cuda=0", $"standard={standard}",
        ];
        Assert.Equal(expected, lines);
    }

    private void Touch(string path, string text)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private static (int Code, string[] Lines, string Complaint) Find(string libtorch)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "lib/Torch/native/find-libtorch.sh")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FALW_LIBTORCH"] = libtorch;
        start.Environment.Remove("FALW_CXX_STANDARD");
        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return (process.ExitCode, lines, complaint.GetAwaiter().GetResult().TrimEnd());
    }
}
