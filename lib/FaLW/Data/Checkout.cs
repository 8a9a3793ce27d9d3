namespace FaLW.Data;

/// <summary>The repository this kit is used from; files that travel with it are found relative to it.</summary>
internal static class Checkout
{
    private const string Mark = "FaLW.Notebooks.sln";

    /// <summary>Its root folder: above the program, else above the current folder, else the current folder itself.</summary>
    public static string Root() => Above(AppContext.BaseDirectory) ?? Above(Environment.CurrentDirectory) ?? Environment.CurrentDirectory;

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Mark))) return at.FullName;
        }

        return null;
    }
}
