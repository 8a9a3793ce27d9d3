using System.Xml.Linq;

namespace FaLW.Tests.Engine;

/// <summary>One property chooses the package with libtorch, and nothing else in the kit knows of it.</summary>
public class PackageTests
{
    private static readonly XDocument Props = XDocument.Load(Path.Combine(Repository.Root, "lib", "Torch.props"));

    [Theory]
    [InlineData("Linux", "TorchSharp-cuda-linux")]
    [InlineData("Windows", "TorchSharp-cuda-windows")]
    public void Cuda_selects_the_package_of_the_system(string system, string package)
    {
        var chosen = Assert.Single(Props.Descendants("LibtorchPackage"), element => element.Value == package);
        Assert.Equal($"'$(Torch)' == 'cuda' and $([MSBuild]::IsOSPlatform('{system}'))", (string?)chosen.Attribute("Condition"));
    }

    [Fact]
    public void Else_it_is_the_processors_and_two_packages_are_all()
    {
        Assert.Equal("libtorch-cpu-$(RuntimeIdentifier)", Assert.Single(Props.Descendants("LibtorchPackage"), element => element.Attribute("Condition") is null).Value);
        Assert.Equal(3, Props.Descendants("LibtorchPackage").Count());
        Assert.Equal(["TorchSharp", "$(LibtorchPackage)"], Props.Descendants("PackageReference").Select(reference => (string?)reference.Attribute("Include")));
    }

    /// <summary>But one, which finds the processor's package beside itself in a package folder.</summary>
    [Fact]
    public void No_source_asks_which_package_it_was()
    {
        var asking = new Regex(@"\$\(Torch\)|'?Torch'? ==|SYSTEM_TORCH|TorchBackend|#if .*(CUDA|TORCH)|libtorch-(cpu|cuda)|TorchSharp-(cpu|cuda)", RegexOptions.None, TimeSpan.FromMinutes(1));
        Assert.Empty(from file in Repository.Sources("lib") where !file.Path.EndsWith("/PackagedNatives.cs", StringComparison.Ordinal) from line in file.Lines where asking.IsMatch(line) select $"{file.Path}: {line.Trim()}");
    }
}
