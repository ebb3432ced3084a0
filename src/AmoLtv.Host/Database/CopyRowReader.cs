using System.Buffers.Binary;
using System.Text;

namespace AmoLtv.Host.Database;

/// <summary>
/// Reads rows in PostgreSQL's binary COPY format (its manual, "COPY", "Binary Format"), each value by its place in the row: a call
/// into the driver for each of millions of values would take longer than the database needs to send them.
/// </summary>
public sealed class CopyRowReader(Stream stream)
{
    // Words that columns repeat, row after row: each is made once.
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[1 << 17];
    private int _from;
    private int _to;
    private int[] _starts = [];
    private int[] _lengths = [];
    private bool _hasHeader;

    /// <returns>False after the last row.</returns>
    /// <exception cref="EndOfStreamException">The rows broke off.</exception>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        // Nearly always the next row has arrived: then nothing is awaited.
        var isHere = _hasHeader && _to - _from >= 2 && BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_from)) == _starts.Length && TryFindValues();
        return isHere ? new ValueTask<bool>(true) : AwaitAsync(cancellationToken);
    }

    private async ValueTask<bool> AwaitAsync(CancellationToken cancellationToken)
    {
        if (!_hasHeader)
        {
            await RequireAsync(CopyRowWriter.Header.Length, cancellationToken);
            _from += CopyRowWriter.Header.Length;
            _hasHeader = true;
        }

        await RequireAsync(2, cancellationToken);
        var values = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_from));
        if (values < 0)
        {
            return false;
        }

        if (_starts.Length != values)
        {
            (_starts, _lengths) = (new int[values], new int[values]);
        }

        while (!TryFindValues())
        {
            await FillAsync(cancellationToken);
        }

        return true;
    }

    public bool IsNull(int place) => _lengths[place] < 0;

    public short GetInt16(int place) => BinaryPrimitives.ReadInt16BigEndian(Value(place));

    public int GetInt32(int place) => BinaryPrimitives.ReadInt32BigEndian(Value(place));

    public long GetInt64(int place) => BinaryPrimitives.ReadInt64BigEndian(Value(place));

    public double GetDouble(int place) => BinaryPrimitives.ReadDoubleBigEndian(Value(place));

    public bool GetBoolean(int place) => Value(place)[0] != 0;

    public DateOnly GetDate(int place) => DateOnly.FromDayNumber(GetInt32(place) + CopyRowWriter.EpochDay);

    /// <summary>A numeric with at most four decimals.</summary>
    public decimal GetDecimal(int place) => CopyNumeric.Read(Value(place));

    /// <summary>A text that comes again and again.</summary>
    public string GetWord(int place)
    {
        var bytes = Value(place);
        Span<char> characters = stackalloc char[256];
        if (bytes.Length > characters.Length)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var word = characters[..Encoding.UTF8.GetChars(bytes, characters)];
        var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!words.TryGetValue(word, out var known))
        {
            known = word.ToString();
            _words.Add(known);
        }

        return known;
    }

    private ReadOnlySpan<byte> Value(int place) => _buffer.AsSpan(_starts[place], _lengths[place]);

    /// <summary>Finds where each value of the row begins; false where the row has not arrived whole.</summary>
    private bool TryFindValues()
    {
        var at = _from + 2;
        for (var place = 0; place < _starts.Length; place++)
        {
            if (at + 4 > _to)
            {
                return false;
            }

            _lengths[place] = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(at));
            _starts[place] = at + 4;
            at += 4 + Math.Max(0, _lengths[place]);
        }

        if (at > _to)
        {
            return false;
        }

        _from = at;
        return true;
    }

    private async ValueTask RequireAsync(int bytes, CancellationToken cancellationToken)
    {
        while (_to - _from < bytes)
        {
            await FillAsync(cancellationToken);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        Buffer.BlockCopy(_buffer, _from, _buffer, 0, _to - _from);
        (_from, _to) = (0, _to - _from);
        if (_to == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_to), cancellationToken);
        _to += read > 0 ? read : throw new EndOfStreamException("The rows of a COPY broke off.");
    }
}
