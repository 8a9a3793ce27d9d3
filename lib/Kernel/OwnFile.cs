namespace FaLW.Kernel;

/// <summary>Where this assembly lies. Published into a single file it lies nowhere: then no such file exists.</summary>
internal static class OwnFile
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, typeof(OwnFile).Assembly.GetName().Name + ".dll");
    public static bool Exists => File.Exists(Path);
}
