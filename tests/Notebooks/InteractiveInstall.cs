using FaLW.Interactive;

namespace FaLW.Tests.Notebooks;

/// <summary>The second engine is set up by one command, and each fault is one sentence.</summary>
public sealed class InteractiveInstall : InFolder
{
    private string Spec => home["prefix/share/jupyter/kernels/.net-interactive/kernel.json"];

    [Fact]
    public void It_stands_beside_the_kits_kernel_and_the_doctor_names_it()
    {
        Assert.SkipWhen(InteractiveTool.Program() is null, InteractiveKernel.Remedy);
        var (code, said) = Install([]);
        Assert.True(code == 0, said);
        var spec = JsonNode.Parse(File.ReadAllText(Spec))!;
        Assert.Equal(".NET Interactive (C#)", spec["display_name"]!.ToString());
        Assert.True(File.Exists(spec["argv"]![1]!.ToString()));
        Assert.Equal("1", spec["env"]!["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"]!.ToString());
        Assert.Equal(0, Install([]).Code);
        Assert.Contains(Spec, Falw.Run(home, ["env", $"JUPYTER_PATH={home["prefix/share/jupyter"]}"], "doctor").Output, StringComparison.Ordinal);
        File.WriteAllText(Spec, """{"argv":["other"]}""");
        Assert.Contains("Another kernel is installed as '.net-interactive'", Install([]).Said, StringComparison.Ordinal);
        Assert.Equal(0, Install([], "--force").Code);
    }

    // What the SDK says in each case, said by a stand-in for it.
    [Theory]
    [InlineData("error NU1301: Unable to load the service index for source https://feed/v3/index.json.", "the package feed does not answer. Connect to the network")]
    [InlineData("Package microsoft.dotnet-interactive is not found in NuGet feeds https://feed/v3/index.json.", "The package feed has no .NET Interactive")]
    [InlineData("Access to the path '/home/x/.nuget' is denied.", "The home folder cannot be written")]
    [InlineData("The user's home directory could not be determined. Set the 'DOTNET_CLI_HOME' environment variable to specify the directory to use.", "Set DOTNET_CLI_HOME to a folder that can")]
    [InlineData("No space left on device : '/home/x/.nuget'", "The disk is full")]
    [InlineData("Something nobody thought of", "could not be fetched: Something nobody thought of. Run 'dotnet tool restore'")]
    public void What_stops_it_is_one_sentence_with_a_remedy(string said, string sentence)
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(home["sdk"]);
        File.WriteAllText(home["sdk/said"], said);
        File.WriteAllText(home["sdk/dotnet"], $"#!/bin/sh\ncat {home["sdk/said"]} >&2\nexit 1\n");
        File.SetUnixFileMode(home["sdk/dotnet"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var (code, told) = Install(["env", $"DOTNET_HOST_PATH={home["sdk/dotnet"]}", $"NUGET_PACKAGES={home["packages"]}"]);
        Assert.Equal(1, code);
        Assert.Contains(sentence, told, StringComparison.Ordinal);
        Assert.Single(told.Split('\n'));
        Assert.False(File.Exists(Spec));
    }

    [Fact]
    public void Another_engine_is_no_engine()
    {
        var (code, _, said) = Falw.Run(home, [], "kernel", "install", "--engine", "fsharp");
        Assert.Equal(2, code);
        Assert.Contains("The other engine is called 'interactive'", said[0], StringComparison.Ordinal);
    }

    private (int Code, string Said) Install(string[] behind, params string[] more)
    {
        var (code, _, lines) = Falw.Run(home, behind, ["kernel", "install", "--engine", "interactive", "--prefix", home["prefix"], .. more]);
        return (code, string.Join('\n', lines));
    }
}
