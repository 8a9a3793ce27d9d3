using System.Diagnostics;
using System.Text.Json.Nodes;
using FaLW.Data;

namespace FaLW.Interactive;

/// <summary>
/// The tool that .NET Interactive comes as, in the version that <c>.config/dotnet-tools.json</c> names, and the kernelspec by which Jupyter and
/// VS Code find it. Its own installer would take the name of the kit's kernel, and starts it through a manifest that only this checkout has.
/// </summary>
public static class InteractiveTool
{
    /// <summary>The name under which it stands beside the kit's own kernel.</summary>
    public const string KernelName = ".net-interactive";

    private const string Package = "microsoft.dotnet-interactive", Manifest = ".config/dotnet-tools.json", Assembly = "Microsoft.DotNet.Interactive.App.dll", Spec = "kernel.json";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Its settings: nothing is sent anywhere, and memory is that of one person's notebook, not of a server.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_INTERACTIVE_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_gcServer"] = "0",
    };

    /// <summary>The pinned version.</summary>
    /// <exception cref="Fault">This is no checkout.</exception>
    public static string Version => ForeignText.Read(
        () => (ForeignText.Json(ForeignText.Text(File.ReadAllBytes(Path.Combine(Checkout(), Manifest))))?["tools"]?[Package]?["version"])?.ToString(),
        (reason, inner) => new Fault($"{Manifest} does not name the version of {Package}: {reason}. Restore it from the repository.", inner));

    /// <summary>The tool's program; null where it was not fetched.</summary>
    public static string? Program()
    {
        var folder = Path.Combine(PackageFolder(), Package, Version, "tools");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Assembly, SearchOption.AllDirectories).FirstOrDefault() : null;
    }

    /// <summary>How a front end starts it; <c>{connection_file}</c> stands for the file that the front end writes.</summary>
    /// <param name="program">From <see cref="Program"/>.</param>
    public static IReadOnlyList<string> CommandLine(string program) =>
        ["dotnet", program, "jupyter", "--default-kernel", "csharp", "--http-local-only", "--http-port-range", "2048-3000", "{connection_file}"];

    /// <summary>Whether a kernelspec's folder is free or holds .NET Interactive already.</summary>
    /// <param name="folder">The kernelspec's folder.</param>
    public static bool MayBeWrittenTo(string folder) => Path.Combine(folder, Spec) is var file && (!File.Exists(file) || File.ReadAllText(file).Contains(Assembly, StringComparison.Ordinal));

    /// <summary>Fetches the tool where it is missing, sees that it starts, and writes its kernelspec.</summary>
    /// <param name="folder">The kernelspec's folder.</param>
    /// <exception cref="Fault">There is no network, no tool, no place for it, or it does not start.</exception>
    public static void Install(string folder)
    {
        var program = Program() ?? Fetch();
        var (code, said) = Run(program, "--version");
        if (code != 0) throw new Fault($".NET Interactive {Version} was fetched and does not start: {FirstLine(said)} It needs the ASP.NET Core 10 runtime, which comes with the SDK; the kit's own kernel does not.");
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray([.. CommandLine(program).Select(word => JsonValue.Create(word))]),
            ["display_name"] = ".NET Interactive (C#)",
            ["env"] = new JsonObject(Environment.Select(setting => KeyValuePair.Create(setting.Key, (JsonNode?)setting.Value))),
            // A signal would end it with all variables; a message is let pass, and the cell goes on.
            ["interrupt_mode"] = "message",
            ["language"] = "C#",
        };
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, Spec), spec.ToJsonString(new() { WriteIndented = true }) + "\n");
    }

    private static string Fetch()
    {
        var (code, said) = Run("tool", "restore");
        if (code != 0) throw new Fault(Reason(said));
        return Program() ?? throw new Fault($".NET Interactive {Version} was fetched and is not in {PackageFolder()}. Set NUGET_PACKAGES to the folder into which the SDK unpacks packages, then run this again.");
    }

    private static string Reason(string said)
    {
        bool Says(params string[] words) => words.Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));
        if (Says("NU1301", "service index", "Name or service not known", "Connection refused", "No such host"))
            return $".NET Interactive {Version} could not be fetched: the package feed does not answer. Connect to the network, or copy {PackageFolder()}/{Package} from a machine that has it, then run this again.";
        if (Says("No space left", "not enough space")) return $"The disk is full: .NET Interactive takes 226 MB in {PackageFolder()}. Free some, then run this again.";
        if (Says("denied", "Read-only", "home directory")) return $"The home folder cannot be written, and the SDK keeps tools and packages there ({PackageFolder()}). Set DOTNET_CLI_HOME to a folder that can, then run this again.";
        if (Says("is not found", "NU1101", "NU1102", "cannot be found", "Unable to find")) return $"The package feed has no .NET Interactive {Version}. Name one that has it with 'dotnet nuget add source', then run this again; the kit's own kernel needs no package.";
        return $".NET Interactive {Version} could not be fetched: {FirstLine(said)} Run 'dotnet tool restore' in the checkout to see all that was said.";
    }

    private static (int Code, string Said) Run(params string[] arguments)
    {
        // The SDK says by this variable which of several is meant.
        var start = new ProcessStartInfo(Named("DOTNET_HOST_PATH") ?? "dotnet", arguments) { WorkingDirectory = Checkout() };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        using var patience = new CancellationTokenSource(Patience);
        var (code, output, error) = OtherProgram.Run(start, patience.Token)
            ?? throw new Fault($"The program '{start.FileName}' could not be started. Put the .NET 10 SDK on PATH.");
        return (code, error + output);
    }

    private static string FirstLine(string said) => said.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) is { } line ? line.TrimEnd('.') + "." : "it said nothing.";

    private static string PackageFolder() =>
        Named("NUGET_PACKAGES") ?? Path.Combine(Named("DOTNET_CLI_HOME") ?? System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string? Named(string variable) => System.Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static string Checkout() => !Data.Checkout.IsTool && File.Exists(Path.Combine(Data.Checkout.Root(), Manifest)) ? Data.Checkout.Root()
        : throw new Fault($"There is no {Manifest} above {AppContext.BaseDirectory}, and it names the version of .NET Interactive. Run this from a checkout of the kit.");
}
