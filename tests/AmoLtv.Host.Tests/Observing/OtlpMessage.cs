using System.Buffers.Binary;
using System.Text;

namespace AmoLtv.Host.Tests.Observing;

/// <summary>A message of protocol buffers, read by the numbers of its fields: as much of the format as OTLP uses.</summary>
internal sealed class OtlpMessage
{
    private readonly List<(int Field, byte[] Bytes, ulong Number)> _fields = [];

    public OtlpMessage(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var key = Varint(ref bytes);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _fields.Add((field, [], Varint(ref bytes)));
                    break;
                case 1:
                    _fields.Add((field, [], BinaryPrimitives.ReadUInt64LittleEndian(bytes)));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    _fields.Add((field, bytes[..length].ToArray(), 0));
                    bytes = bytes[length..];
                    break;
                case 5:
                    bytes = bytes[4..];
                    break;
                default:
                    throw new FormatException($"Wire type {key & 7} is no part of OTLP.");
            }
        }
    }

    public bool Has(int field) => _fields.Exists(one => one.Field == field);

    public IEnumerable<OtlpMessage> Messages(int field) => _fields.Where(one => one.Field == field).Select(one => new OtlpMessage(one.Bytes));

    public string Text(int field) => Encoding.UTF8.GetString(_fields.Find(one => one.Field == field).Bytes ?? []);

    public string Hex(int field) => Convert.ToHexStringLower(_fields.Find(one => one.Field == field).Bytes ?? []);

    public ulong Number(int field) => _fields.Find(one => one.Field == field).Number;

    /// <summary>Key and value of each attribute; the value as text, whatever it is.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int field) => Messages(field).ToDictionary(
        attribute => attribute.Text(1),
        attribute => attribute.Messages(2).Select(ValueOf).FirstOrDefault() ?? "",
        StringComparer.Ordinal);

    private static string ValueOf(OtlpMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(3) ? ((long)value.Number(3)).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : value.Has(4) ? BitConverter.UInt64BitsToDouble(value.Number(4)).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : value.Number(2).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
