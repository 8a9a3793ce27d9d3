using System.Security.Cryptography;

namespace FaLW.Data;

/// <summary>Passes reads through and hashes what passes, so that an archive is checked while it is unpacked.</summary>
internal sealed class HashedStream(Stream inner, IncrementalHash hash) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("A hashed stream is read once, from its beginning.");

    public override long Position
    {
        get => throw new NotSupportedException("A hashed stream is read once, from its beginning.");
        set => throw new NotSupportedException("A hashed stream is read once, from its beginning.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        hash.AppendData(buffer[..count]);
        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A hashed stream is read once, from its beginning.");

    public override void SetLength(long value) => throw new NotSupportedException("A hashed stream cannot be written.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A hashed stream cannot be written.");
}
