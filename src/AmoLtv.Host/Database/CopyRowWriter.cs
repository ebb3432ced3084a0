using System.Buffers.Binary;
using System.Text;

namespace AmoLtv.Host.Database;

/// <summary>
/// Writes rows in PostgreSQL's binary COPY format (its manual, "COPY", "Binary Format") into a buffer that is handed on in large
/// pieces: a call into the driver for each value would take longer than the database needs to store it.
/// </summary>
public sealed class CopyRowWriter
{
    /// <summary>PostgreSQL counts days from 2000-01-01.</summary>
    internal const int EpochDay = 730_119;

    private const int PieceSize = 1 << 16;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[2 * PieceSize];
    private int _used;

    /// <param name="stream">Of a COPY in binary format, open for writing.</param>
    public CopyRowWriter(Stream stream)
    {
        _stream = stream;
        Header.CopyTo(Take(Header.Length));
    }

    /// <summary>Signature, flags, length of the header's extension.</summary>
    internal static ReadOnlySpan<byte> Header => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Begins a row of so many values, all of which have to be added; hands on what is full.</summary>
    public async ValueTask StartRowAsync(int values, CancellationToken cancellationToken)
    {
        if (_used >= PieceSize)
        {
            await FlushAsync(cancellationToken);
        }

        BinaryPrimitives.WriteInt16BigEndian(Take(2), (short)values);
    }

    /// <summary>Ends the rows; the stream is left to its owner.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);
        await FlushAsync(cancellationToken);
    }

    /// <summary>A smallint.</summary>
    public void Add(short? value)
    {
        if (Field(value is null, 2) is { IsEmpty: false } field)
        {
            BinaryPrimitives.WriteInt16BigEndian(field, value!.Value);
        }
    }

    /// <summary>An int.</summary>
    public void Add(int? value)
    {
        if (Field(value is null, 4) is { IsEmpty: false } field)
        {
            BinaryPrimitives.WriteInt32BigEndian(field, value!.Value);
        }
    }

    /// <summary>A bigint.</summary>
    public void Add(long? value)
    {
        if (Field(value is null, 8) is { IsEmpty: false } field)
        {
            BinaryPrimitives.WriteInt64BigEndian(field, value!.Value);
        }
    }

    /// <summary>A double precision.</summary>
    public void Add(double? value)
    {
        if (Field(value is null, 8) is { IsEmpty: false } field)
        {
            BinaryPrimitives.WriteDoubleBigEndian(field, value!.Value);
        }
    }

    /// <summary>A boolean.</summary>
    public void Add(bool? value)
    {
        if (Field(value is null, 1) is { IsEmpty: false } field)
        {
            field[0] = value!.Value ? (byte)1 : (byte)0;
        }
    }

    /// <summary>A date.</summary>
    public void Add(DateOnly? value) => Add(value?.DayNumber - EpochDay);

    /// <summary>A datemultirange of single days, in any order (rangetypes.c, multirangetypes.c: each range with its flags and both bounds).</summary>
    public void Add(IReadOnlyCollection<DateOnly> days)
    {
        const int RangeBytes = 17;
        const byte LowerIsInside = 2;
        var field = Field(isNull: false, 4 + (days.Count * (4 + RangeBytes)));
        BinaryPrimitives.WriteInt32BigEndian(field, days.Count);
        foreach (var (place, day) in days.Index())
        {
            var range = field.Slice(4 + (place * (4 + RangeBytes)), 4 + RangeBytes);
            BinaryPrimitives.WriteInt32BigEndian(range, RangeBytes);
            range[4] = LowerIsInside;
            BinaryPrimitives.WriteInt32BigEndian(range[5..], 4);
            BinaryPrimitives.WriteInt32BigEndian(range[9..], day.DayNumber - EpochDay);
            BinaryPrimitives.WriteInt32BigEndian(range[13..], 4);
            BinaryPrimitives.WriteInt32BigEndian(range[17..], day.DayNumber + 1 - EpochDay);
        }
    }

    /// <summary>A text.</summary>
    public void Add(string? value)
    {
        if (Field(value is null, value is null ? 0 : Encoding.UTF8.GetByteCount(value)) is { IsEmpty: false } field)
        {
            Encoding.UTF8.GetBytes(value, field);
        }
    }

    /// <summary>A numeric; kopecks exact, below 10¹⁶.</summary>
    public void Add(decimal? value)
    {
        if (value is null)
        {
            Field(isNull: true, 0);
            return;
        }

        Span<byte> number = stackalloc byte[CopyNumeric.LongestBytes];
        var length = CopyNumeric.Write(value.Value, number);
        number[..length].CopyTo(Field(isNull: false, length));
    }

    private Span<byte> Field(bool isNull, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(4), isNull ? -1 : length);
        return isNull ? [] : Take(length);
    }

    private Span<byte> Take(int length)
    {
        if (_used + length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _used + length));
        }

        _used += length;
        return _buffer.AsSpan(_used - length, length);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken);
        _used = 0;
    }
}
