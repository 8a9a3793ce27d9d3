namespace FaLW.Tests.Campaigns;

/// <summary>Readers of foreign bytes under mutations of healthy ones: they take them, or say a sentence. afl-fuzz goes on from here (Fuzz/run.sh).</summary>
public sealed class ReaderTests
{
    private readonly Random chance = Campaign.Chance();

    public static TheoryData<string> Names => [.. Reader.All.Select(reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mutated_bytes_are_read_or_told(string name)
    {
        var reader = Reader.All.First(reader => reader.Name == name);
        reader.Read(reader.Healthy());
        for (var i = Campaign.Count(500); i > 0; i--)
        {
            var bytes = Mutated(reader.Healthy());
            var fault = Record.Exception(() => reader.Read(bytes));
            Assert.True(fault is null || Reader.IsAnswer(fault), $"{Convert.ToBase64String(bytes)}\n{fault}");
        }
    }

    private byte[] Mutated(byte[] bytes)
    {
        for (var i = chance.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            var (at, to) = (chance.Next(bytes.Length), chance.Next(bytes.Length));
            switch (chance.Next(6))
            {
                case 0: bytes[at] = (byte)chance.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << chance.Next(8)); break;
                case 2: bytes = bytes[..at]; break;
                case 3: bytes = [.. bytes[..Math.Min(at, to)], .. bytes[Math.Max(at, to)..]]; break;
                case 4: bytes = [.. bytes[..at], .. bytes[Math.Min(at, to)..Math.Max(at, to)], .. bytes[at..]]; break;
                default: bytes = [.. bytes[..at], .. Pieces[chance.Next(Pieces.Length)].Select(c => (byte)c), .. bytes[Math.Min(at + 1, bytes.Length)..]]; break;
            }
        }

        return bytes;
    }

    private static readonly string[] Pieces = ["null", "-1", "1e999", "NaN", "9223372036854775807", "\"\\ud800\"", "[", "{}", "\"id\":\"a\",", "\0", "true", "\u00ff\u00ff\u00ff\u007f"];
}
