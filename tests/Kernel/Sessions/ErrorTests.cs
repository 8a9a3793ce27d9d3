namespace FaLW.Kernel.Tests.Sessions;

public sealed class ErrorTests
{
    private readonly Conversation talk = new();

    [Fact]
    public void An_exception_names_cell_and_line()
    {
        talk.Say("int Half(int n)\n{\n    return 1 / n;\n}");
        var error = talk.Fail("var before = 7;\n\nHalf(0);\nvar after = 8;");
        Assert.Equal("DivideByZeroException", error.Name);
        Assert.Equal("In [2]:line 3", error.Place);
        Assert.Equal(["DivideByZeroException: Attempted to divide by zero.", "   at Half in In [1]:line 3", "   at In [2]:line 3"], error.Trace);
    }

    [Fact]
    public void A_cause_is_told_too()
    {
        var error = talk.Fail("throw new Exception(\"outer\", new InvalidOperationException(\"inner\"));");
        Assert.Contains("caused by InvalidOperationException: inner", error.Trace);
    }

    [Fact]
    public void An_exception_behind_an_await_names_its_line()
    {
        var error = talk.Fail("async Task Wait()\n{\n    await Task.Yield();\n    throw new Exception(\"late\");\n}\nawait Wait();");
        Assert.Equal(["Exception: late", "   at Wait in In [1]:line 4", "   at In [1]:line 6"], error.Trace);
    }

    [Fact]
    public void Of_a_library_the_topmost_frame_alone_is_told()
    {
        talk.Say("int Number(string text) => Enumerable.Range(0, 1).Select(_ => int.Parse(text)).First();");
        var trace = talk.Fail("\nNumber(\"x\");").Trace;
        Assert.StartsWith("   at System.", trace[1], StringComparison.Ordinal);
        Assert.All(trace.Skip(2), line => Assert.Contains("In [", line, StringComparison.Ordinal));
        Assert.Equal(["   at Number in In [1]:line 1", "   at In [2]:line 2"], trace.TakeLast(2));
    }

    [Fact]
    public void What_is_meant_for_readers_is_its_sentence_and_the_line_of_the_cell_with_a_caret()
    {
        talk.Say("class Fault : Exception { public Fault() : base(\"Nothing is here.\\n  Put something here.\") => Data[\"notebook.sentence\"] = true; }\nvoid Look() => throw new Fault();");
        var error = talk.Fail("var kept = 1;\nkept = 2;  Look();");
        Assert.Equal(["Fault: Nothing is here.", "  Put something here.", "   at In [2]:line 2", "    kept = 2;  Look();", "               ^"], error.Trace);
        Assert.Equal("In [2]:line 2", error.Place);
    }

    [Fact]
    public void A_compile_error_shows_the_line_and_a_caret()
    {
        var error = talk.Fail("var x = 1;\nint y = \"a\";");
        Assert.Equal("CompilationError", error.Name);
        Assert.Equal(["In [1]:line 2: error CS0029: Cannot implicitly convert type 'string' to 'int'", "    int y = \"a\";", "            ^"], error.Trace);
        Assert.Contains("CS0103", talk.Fail("x").Trace[0], StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_holds_a_path_of_the_machine()
    {
        Assert.Equal(["Exception: x", "   at x.cs:line 10"], talk.Fail("#line 10 \"D:\\a\\x.cs\"\nthrow new Exception(\"x\");").Trace);
        talk.Say("class P { }");
        talk.Say("P old = new P();");
        talk.Say("class P { }");
        foreach (var code in new[] { "P x = old;", "#r \"none.dll\"", "#load \"none.csx\"", "#!import none.ipynb", "throw new Exception();", "File.ReadAllText(\"none\")" })
            Assert.DoesNotContain(Directory.GetCurrentDirectory(), string.Join('\n', talk.Fail(code).Trace.Where(line => !line.Contains("FileNotFound", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%%time\nConsole.WriteLine(3);", "'%%time' is a command of IPython, and this kernel runs C#")]
    [InlineData("var x = 1;\n!pip install torch", "'!pip install torch' is a command of IPython")]
    [InlineData("#!fsharp\nlet y = 2", "'#!fsharp' begins F#, and this kernel runs C#")]
    [InlineData("#!time\n1", "'#!time' is not a command of this kernel")]
    [InlineData("#!import x.txt", "only .ipynb, .dib, .cs and .csx")]
    [InlineData("#r \"none.dll\"", "Paths are relative to the notebook")]
    public void What_cannot_be_done_is_a_sentence(string code, string sentence) =>
        Assert.Contains(sentence, talk.Fail(code).Message, StringComparison.Ordinal);

    [Fact]
    public void A_failed_renderer_is_an_error_of_the_cell()
    {
        var error = talk.Fail("class Bad { public IReadOnlyDictionary<string, object> ToMimeBundle() => throw new InvalidOperationException(\"no picture\"); }\nnew Bad()");
        Assert.Equal("no picture", error.Message);
    }
}
