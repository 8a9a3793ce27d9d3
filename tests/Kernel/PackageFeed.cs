using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FaLW.Kernel.Tests;

/// <summary>Compiled libraries, and packages of them on a feed that is a folder: no test needs a network.</summary>
internal static class PackageFeed
{
    /// <summary>Compiles a library into a folder.</summary>
    public static string Library(string folder, string name, string source, params string[] needs)
    {
        Directory.CreateDirectory(folder);
        var references = needs.Select(need => MetadataReference.CreateFromFile(Path.Combine(folder, need + ".dll"))).Concat(FrameworkReferences.All);
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var path = Path.Combine(folder, name + ".dll");
        Assert.True(compilation.Emit(path).Success);
        return path;
    }

    /// <summary>A notebook's folder whose NuGet.Config names one feed, and keeps what it restores to itself.</summary>
    public static void Configure(TemporaryFolder folder, string feed = "feed") => folder.Write("NuGet.Config",
        $"""<configuration><packageSources><clear /><add key="here" value="{feed}" allowInsecureConnections="true" /></packageSources><config><add key="globalPackagesFolder" value="store" /></config></configuration>""");

    /// <summary>Puts a package on the feed.</summary>
    public static void Put(TemporaryFolder folder, string name, string version, string source, string framework = "net8.0", bool isNative = false, string assembly = "")
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "feed")).FullName, $"{name}.{version}.nupkg");
        using var zip = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        using (var text = new StreamWriter(zip.CreateEntry($"{name}.nuspec").Open()))
            text.Write($"""<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>{name}</id><version>{version}</version><authors>tests</authors><description>A package of the tests.</description></metadata></package>""");
        var inside = assembly.Length > 0 ? assembly : name;
        zip.CreateEntryFromFile(Library(Path.Combine(folder.Path, "built", $"{name}-{version}"), inside, source), $"lib/{framework}/{inside}.dll");
        // Any library that the runtime brings will do, under a name of its own.
        if (isNative) zip.CreateEntryFromFile(Path.Combine(FrameworkReferences.Folder, "libSystem.Native.so"), $"runtimes/{RuntimeInformation.RuntimeIdentifier}/native/libprobe.so");
    }
}
