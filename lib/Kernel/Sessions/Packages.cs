using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FaLW.Kernel.Sessions;

/// <summary>A package that a cell asks for: <c>#r "nuget: Name, Version"</c>.</summary>
internal sealed record Package(string Name, string Version)
{
    public override string ToString() => $"{Name} {Version}";
}

/// <summary>
/// The packages of one session. The SDK restores them, as a project that refers to all of them together, from whatever feeds NuGet
/// knows on this machine; what it found is kept, so that the same packages are there at once the next time, without a network.
/// </summary>
internal sealed class Packages(string folder, CellLoadContext loader)
{
    private readonly Dictionary<string, Package> used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes packages known to the loader, and gives the assemblies that the compiler is to know from now on. Tells before the SDK starts.</summary>
    /// <exception cref="NotebookFault">They cannot be had, or not in this session.</exception>
    public IReadOnlyList<string> Take(IReadOnlyList<Package> wanted, Action<string> tell, CancellationToken stop)
    {
        foreach (var package in wanted)
            if (used.TryGetValue(package.Name, out var before) && before.Version != package.Version)
                throw new NotebookFault($"{before} is in use in this session and stays in use. Restart the kernel to use {package}.");
        var together = used.Values.UnionBy(wanted, package => package.Name, StringComparer.OrdinalIgnoreCase).OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (together.Count == used.Count) return [];
        var assets = PackageAssets.Kept(together) ?? PackageAssets.Restored(together, folder, tell, stop);
        var added = assets.Assemblies.Where(path => IsNew(path, wanted)).ToList();
        foreach (var path in added) loader.Add(path);
        foreach (var path in PackageAssets.Together(assets.Natives, Path.ChangeExtension(PackageAssets.KeptFile(together), null))) loader.AddNative(path);
        foreach (var package in wanted) used[package.Name] = package;
        return [.. assets.References.Where(path => added.Exists(known => SameName(known, path)))];
    }

    // What is loaded stays loaded, so another version of it cannot be had; of what the framework brings, the newer one counts.
    private bool IsNew(string path, IReadOnlyList<Package> wanted)
    {
        var (name, host) = (AssemblyName.GetAssemblyName(path), FrameworkReferences.Find(Path.GetFileNameWithoutExtension(path))?.FilePath);
        if ((host ?? loader.PathOf(name)) is not { } known) return true;
        var (ours, theirs) = (AssemblyName.GetAssemblyName(known).Version, name.Version);
        if (host is null ? ours == theirs : ours >= theirs) return false;
        throw new NotebookFault(host is null
            ? $"{string.Join(" and ", wanted)} would bring {name.Name} {theirs}, and this session uses {name.Name} {ours}. Restart the kernel and name versions that go together."
            : $"{string.Join(" and ", wanted)} would bring {name.Name} {theirs}, and .NET {Environment.Version.ToString(2)}, which this kernel runs on, brings {ours}. Name an older version of the package.");
    }

    private static bool SameName(string one, string other) => Path.GetFileName(one).Equals(Path.GetFileName(other), StringComparison.OrdinalIgnoreCase);
}

/// <summary>The files of restored packages for this machine: what to compile against, what to load, and native libraries.</summary>
internal sealed partial record PackageAssets(IReadOnlyList<string> References, IReadOnlyList<string> Assemblies, IReadOnlyList<string> Natives)
{
    private const string Nothing = "_._";

    private static string Framework { get; } = $"net{Environment.Version.ToString(2)}";

    /// <summary>What was found for these packages before; null when it never was or is no longer there.</summary>
    public static PackageAssets? Kept(IReadOnlyList<Package> packages) => File.Exists(KeptFile(packages)) ? Read(KeptFile(packages)) : null;

    public static PackageAssets Restored(IReadOnlyList<Package> packages, string folder, Action<string> tell, CancellationToken stop)
    {
        tell($"{string.Join(", ", packages)}: restoring …");
        var place = Directory.CreateTempSubdirectory("packages-").FullName;
        try
        {
            var project = Path.Combine(place, "packages.csproj");
            File.WriteAllText(project, Project(packages));
            var (code, output, error) = OtherProgram.Run(Restoration(project, folder), stop)
                ?? throw new NotebookFault("Packages are restored by the .NET SDK, and there is no program 'dotnet' here. Put the .NET 10 SDK on PATH.");
            stop.ThrowIfCancellationRequested();
            var found = Path.Combine(place, "obj", "project.assets.json");
            if (code != 0 || !File.Exists(found)) throw Fault(output + error, packages);
            Directory.CreateDirectory(Path.GetDirectoryName(KeptFile(packages))!);
            WholeFile.Write(KeptFile(packages), File.ReadAllBytes(found));
            return Read(KeptFile(packages)) ?? throw new NotebookFault($"The package folder lost files of {string.Join(", ", packages)} while they were restored. Run the cell again.");
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>A native library looks for those it needs beside itself, and another package may bring them: so all lie in one folder, as links.</summary>
    public static IReadOnlyList<string> Together(IReadOnlyList<string> natives, string folder)
    {
        // A link is a privilege on Windows, where a library that is loaded already is found by its name.
        if (OperatingSystem.IsWindows() || natives.Select(Path.GetDirectoryName).Distinct(StringComparer.Ordinal).Count() < 2) return natives;
        Directory.CreateDirectory(folder);
        return [.. natives.Select(native => Linked(native, Path.Combine(folder, Path.GetFileName(native))))];
    }

    private static string Linked(string native, string link)
    {
        if (new FileInfo(link).LinkTarget == native) return link;
        var draft = FormattableString.Invariant($"{link}.{Environment.ProcessId}");
        File.CreateSymbolicLink(draft, native);
        File.Move(draft, link, overwrite: true);
        return link;
    }

    public static string KeptFile(IReadOnlyList<Package> packages)
    {
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{Framework} {RuntimeInformation.RuntimeIdentifier} {string.Join(", ", packages).ToLowerInvariant()}"));
        return Path.Combine(caches.Length > 0 ? caches : Path.GetTempPath(), "falw-kernel", "packages", $"{Convert.ToHexStringLower(key)[..32]}.json");
    }

    // The brackets ask for this version and no other. What another framework could use is not taken for it.
    private static string Project(IReadOnlyList<Package> packages) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{Framework}</TargetFramework>
            <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
            <SelfContained>false</SelfContained>
            <UseAppHost>false</UseAppHost>
            <AssetTargetFallback />
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            {string.Join("\n    ", packages.Select(package => $"""<PackageReference Include="{package.Name}" Version="[{package.Version}]" />"""))}
          </ItemGroup>
        </Project>
        """;

    // No settings of folders above, but the NuGet.Config of the notebook's.
    private static ProcessStartInfo Restoration(string project, string folder) => new("dotnet",
    [
        "restore", project, "-nologo", "-v", "quiet", "--disable-build-servers", $"-p:RestoreRootConfigDirectory={folder}",
        "-p:ImportDirectoryBuildProps=false", "-p:ImportDirectoryBuildTargets=false", "-p:ImportDirectoryPackagesProps=false",
    ])
    { Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" } };

    private static NotebookFault Fault(string log, IReadOnlyList<Package> packages)
    {
        var told = Error().Match(log);
        var (code, text, all) = (told.Groups["code"].Value, told.Groups["text"].Value, string.Join(", ", packages));
        var name = PackageName().Match(text) is { Success: true } match ? match.Groups["name"].Value : all;
        return new NotebookFault(code switch
        {
            "NU1101" => $"There is no package '{name}' on the feeds that NuGet knows on this machine. Look at its name; a further feed goes into a NuGet.Config beside the notebook.",
            "NU1102" or "NU1103" => $"There is no such version of the package '{name}'{(Nearest().Match(log) is { Success: true } near ? $"; the nearest is {near.Groups["version"].Value}" : "")}. Asked for: {all}.",
            "NU1202" or "NU1213" => $"The package '{name}' is not made for .NET {Environment.Version.ToString(2)}{(Supported().Match(text) is { Success: true } made ? $", but for {made.Groups["what"].Value}" : "")}. Name a version that is.",
            "NU1301" or "NU1300" => $"The feeds of this machine cannot be reached, and its package folder does not hold {all}. Run this once with a network; after that it needs none.",
            "NU1107" or "NU1605" or "NU1608" => $"{all} do not go together: {text}",
            _ => $"{all} could not be restored: {(text.Length > 0 ? text : log.Trim().Split('\n')[^1].Trim())}",
        });
    }

    // What somebody wrote half is restored anew.
    private static PackageAssets? Read(string file)
    {
        if (ForeignText.TryObject(File.ReadAllBytes(file)) is not { } json) return null;
        var libraries = (json.At("targets") as JsonObject)?.LastOrDefault().Value as JsonObject ?? [];
        var roots = (json.At("packageFolders") as JsonObject ?? []).Select(root => root.Key).ToList();
        var assets = new PackageAssets(Files("compile", ".dll"), Files("runtime", ".dll"), Files("native", ""));
        return assets.References.Concat(assets.Assemblies).Concat(assets.Natives).All(File.Exists) ? assets : null;

        List<string> Files(string kind, string ending) =>
            [.. from library in libraries
                from path in library.Value.At(kind) as JsonObject ?? []
                where path.Key.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && !path.Key.EndsWith(Nothing, StringComparison.Ordinal)
                let inside = Path.Combine(json.At("libraries").At(library.Key).At("path")?.ToString() ?? "", path.Key)
                select roots.Select(root => Path.Combine(root, inside)).FirstOrDefault(File.Exists, inside)];
    }

    [GeneratedRegex(@"error (?<code>NU\d+): (?<text>.*?)(?: \[[^\[\]]*\])?\r?$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 60_000)]
    private static partial Regex Error();

    [GeneratedRegex(@"[Pp]ackage '?(?<name>[\w.-]*\w)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex PackageName();

    [GeneratedRegex(@"Nearest version: (?<version>[\w.-]+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Nearest();

    [GeneratedRegex(@"supports: (?<what>[\w.]+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Supported();
}
