namespace FaLW.Tests.Snapshots;

/// <summary>The snapshot check itself: it must be able to fail, and say usefully how.</summary>
public sealed class SnapshotTests : InFolder
{
    [Fact]
    public void An_accepted_text_passes_with_any_line_ends() => Snapshot.Match("first\r\nsecond\r\n");

    [Fact]
    public void A_changed_text_fails_leaves_what_it_received_and_can_be_accepted()
    {
        var (received, verified) = (home["Some.Case.received.txt"], home["Some.Case.verified.txt"]);
        File.WriteAllText(verified, "one\ntwo\n");
        var message = Snapshot.Difference("one\nthree", received, verified, accept: false);
        Assert.Contains("differs from line 2 on", message, StringComparison.Ordinal);
        Assert.Equal("one\nthree\n", File.ReadAllText(received));
        Assert.Null(Snapshot.Difference("one\nthree", received, verified, accept: true));
        Assert.False(File.Exists(received));
    }

    [Fact]
    public void The_message_shows_the_first_difference_and_how_to_accept_it()
    {
        var root = Repository.Root;
        var message = Snapshot.Message("a\nb", "a\nc\nd", Path.Combine(root, "tests/X.received.txt"), Path.Combine(root, "tests/X.verified.txt"));
        Assert.Equal(
            "tests/X.verified.txt differs from line 2 on.\n  verified: b\n  received: c\n" +
            "If the new text is right: mv tests/X.received.txt tests/X.verified.txt   (or run the tests once with FALW_ACCEPT=1)", message);
    }

    [Fact]
    public void A_text_without_an_accepted_one_fails() =>
        Assert.StartsWith("Nothing was accepted yet", Snapshot.Message(null, "a", "x.received.txt", "x.verified.txt"), StringComparison.Ordinal);
}
