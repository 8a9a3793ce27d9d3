using System.Text.Json;
using CsCheck;

namespace FaLW.Kernel.Tests;

/// <summary>Whatever bytes come, they are read as Python reads them, or there is a reason with its place.</summary>
public sealed class ForeignTextTests
{
    [Fact]
    public void A_quotation_that_is_never_closed_is_no_JSON_however_long_it_is()
    {
        foreach (var piece in new[] { "x", "\\\"", "NaN" })
            Assert.Null(ForeignText.TryObject(Encoding.UTF8.GetBytes("{\"a\":\"NaN" + string.Concat(Enumerable.Repeat(piece, 200_000)) + "\\")));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\uFEFF \n", "it is empty")]
    [InlineData("[]", "it holds no JSON object")]
    [InlineData("null", "it holds no JSON object")]
    [InlineData("{\n\"a\": 1,,}", "line 2, byte 8: ',' is an invalid start")]
    [InlineData("{\"a\": 1", "line 1, byte 8: ")]
    [InlineData("{} x", "line 1, byte 4: 'x' is invalid after a single JSON value")]
    [InlineData("{\"a\": nan}", "line 1, byte 8: ")]
    [InlineData("{\"a\": NaN, \"\\ud83\"00\": {\"b\": 1}, \"c\": \"\\udead\"}", "line 1, byte ")]
    public void What_is_no_object_has_a_reason_and_its_place(string text, string reason) => Assert.StartsWith(reason, Reason(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void What_is_not_UTF8_is_told() => Assert.Equal("byte 8 is not UTF-8", Reason([.. "{\"a\": \""u8, 0xE9, .. "\"}"u8]));

    [Theory]
    [InlineData("""{"a": 1, "a": 2}""", """{"a":2}""")]
    [InlineData("\uFEFF{}", "{}")]
    [InlineData("""{"a": [NaN, Infinity, -Infinity], "b": "NaN \" -Infinity"}""", """{"a":[null,1e999,-1e999],"b":"NaN \" -Infinity"}""")]
    [InlineData("""{"\ud83d": "\\ud83d \ud83d\ude00 \uDE00\ud83d"}""", """{"�":"\\ud83d 😀 ��"}""")]
    public void What_Python_reads_is_read(string text, string as_) => Assert.Equal(as_, Written(Encoding.UTF8.GetBytes(text)));

    /// <summary>What the library says of a type of ours helps nobody.</summary>
    [Fact]
    public void A_type_of_ours_is_not_named_to_who_wrote_the_text()
    {
        JsonSerializerOptions strict = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
        string Said(string text) => ForeignText.Said(Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<Pair>(text, strict)));
        Assert.Equal("it lacks 'Name', 'Count'", Said("{}").Replace(";", ",", StringComparison.Ordinal));
        Assert.Equal("'Name' is null", Said("{\"Name\":null,\"Count\":1}"));
        Assert.Equal("the value is not of the kind that belongs there", Said("{\"Name\":\"a\",\"Count\":\"b\"}"));
    }

    private sealed record Pair(string Name, int Count);

    [Fact]
    public void It_goes_as_deep_as_Python_and_no_deeper()
    {
        byte[] Nested(int depth) => Encoding.UTF8.GetBytes($$"""{"a":{{new string('[', depth - 1)}}{{new string(']', depth - 1)}}}""");
        Assert.Equal(Encoding.UTF8.GetString(Nested(ForeignText.Depth)), Written(Nested(ForeignText.Depth)));
        Assert.Contains("depth of 1000 has been exceeded", Reason(Nested(ForeignText.Depth + 1)), StringComparison.Ordinal);
        Assert.Contains("depth of 1000 has been exceeded", Reason(Nested(1_000_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_of_any_kind_gives_a_reason_or_what_is_written_and_read_alike()
    {
        byte[] whole = [.. "{\"a\": [1, -2.5e3, true, null, NaN], \"\\ud83d\\ude00\": {\"b\": \"\\u0000 \\\\ é\"}, \"a\": \"\\udead\"}"u8];
        var damage = Gen.Select(Gen.Int[0, whole.Length], Gen.Int[0, 6], Gen.OneOf(Gen.Byte, Gen.OneOf("\"\\{}[],:ud8eN0 "u8.ToArray())).Array[0, 4]);
        damage.Array[1, 3].Select(all => all.Aggregate(whole, (bytes, one) => [.. bytes.Take(one.Item1), .. one.Item3, .. bytes.Skip(one.Item1 + one.Item2)])).Sample(
            bytes =>
            {
                if (ForeignText.TryObject(bytes) is null) Assert.NotEmpty(Reason(bytes));
                else Assert.Equal(Written(bytes), Written(Encoding.UTF8.GetBytes(Written(bytes))));
            },
            iter: 2000);
    }

    private static string Written(byte[] utf8) => PlainJson.Write(ForeignText.Object(utf8, (reason, _) => new NotebookFault(reason)), indented: false);

    private static string Reason(byte[] utf8) => Assert.Throws<NotebookFault>(() => Written(utf8)).Message;
}
