namespace FaLW.Kernel.Tests.Sessions;

public sealed class FileTests : InFolder
{
    [Fact]
    public void A_built_library_is_referred_to_by_a_relative_path_and_brings_what_lies_beside_it()
    {
        Build("Base", "namespace Base; public class Thing { public int Value => 7; }");
        Build("Top", "namespace Top; public static class Maker { public static Base.Thing Make() => new(); }", "Base");
        var talk = new Conversation(Folder.Path);
        Assert.Equal("[result 7]", talk.Say("#r \"lib/Top.dll\"\nTop.Maker.Make().Value"));
        Assert.Equal("[result 7]", talk.Say("using Base; new Thing().Value"));
    }

    [Fact]
    public void A_rebuilt_library_is_told_once()
    {
        Build("Top", "public static class Top { public static int Value => 1; }");
        var talk = new Conversation(Folder.Path);
        Assert.Equal("[result 1]", talk.Say("#r \"lib/Top.dll\"\nTop.Value"));
        File.SetLastWriteTimeUtc(Path.Combine(Folder.Path, "lib/Top.dll"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Contains("Top.dll was rebuilt", talk.Say("#r \"lib/Top.dll\""), StringComparison.Ordinal);
        Assert.Equal("", talk.Say("#r \"lib/Top.dll\""));
    }

    [Fact]
    public void A_file_is_built_after_it_was_missed()
    {
        var talk = new Conversation(Folder.Path);
        talk.Fail("#r \"lib/Top.dll\"");
        Build("Top", "public static class Top { public static int Value => 1; }");
        Assert.Equal("[result 1]", talk.Say("#r \"lib/Top.dll\"\nTop.Value"));
    }

    [Fact]
    public void Files_that_import_each_other_are_a_sentence_and_a_file_may_be_imported_twice()
    {
        Folder.Write("a.dib", "#!csharp\n#!import b.dib\nvar a = 1;\n");
        Folder.Write("b.dib", "#!csharp\n#!import a.dib\nvar b = 2;\n");
        Folder.Write("c.csx", "var c = 3;");
        var talk = new Conversation(Folder.Path);
        Assert.Contains("that file is being imported already", $"{talk.Fail("#!import a.dib")}", StringComparison.Ordinal);
        Assert.Equal("[result 3]", talk.Say("#!import c.csx\n#!import c.csx\nc"));
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_a_sentence()
    {
        Folder.Write("lib/Notes.dll", "not an assembly");
        var error = new Conversation(Folder.Path).Fail("#r \"lib/Notes.dll\"");
        Assert.Contains("'Notes.dll' is no .NET assembly", $"{error}", StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_and_notebooks_are_loaded_and_imported()
    {
        Folder.Write("parts/tools.csx", "int Twice(int n) => 2 * n;");
        Folder.Write("a.dib", "#!markdown\n\n# Title\n\n#!csharp\n\nvar a = 1;\n\n#!fsharp\n\nlet b = 2\n\n#!csharp\n\nvar b = 2;\n");
        Folder.Write("b.ipynb", """{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[{"cell_type":"code","metadata":{},"outputs":[],"source":["var c = 3;\n","var d = 4;"]}]}""");
        Folder.Write("c.cs", "class Five { public int Value = 5; }");
        var talk = new Conversation(Folder.Path);
        Assert.Equal("[result 14]", talk.Say("#load \"parts/tools.csx\"\nTwice(7)"));
        Assert.Equal("[result 15]", talk.Say("#!csharp\n#!import a.dib\n#!import \"b.ipynb\"\n#!import c.cs\na + b + c + d + new Five().Value"));
    }

    [Fact]
    public void An_error_in_an_imported_cell_names_the_file()
    {
        Folder.Write("a.csx", "\nthrow new Exception(\"x\");");
        Folder.Write("b.csx", "void Throw()\n{\n    throw new Exception(\"y\");\n}");
        var talk = new Conversation(Folder.Path);
        Assert.Equal(["Exception: x", "   at a.csx:line 2"], talk.Fail("#!import a.csx").Trace);
        Assert.Equal(["Exception: y", "   at Throw in b.csx:line 3", "   at In [2]:line 2"], talk.Fail("#load \"b.csx\"\nThrow();").Trace);
    }

    private void Build(string name, string source, params string[] needs) => PackageFeed.Library(Path.Combine(Folder.Path, "lib"), name, source, needs);
}
