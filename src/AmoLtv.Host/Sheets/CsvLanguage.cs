using System.Globalization;

namespace AmoLtv.Host.Sheets;

/// <summary>How spreadsheets of a language read a CSV file: between cells, within numbers, and the words of the first line.</summary>
internal sealed class CsvLanguage
{
    private readonly NumberFormatInfo _numbers;
    private readonly bool _isRussian;

    private CsvLanguage(bool isRussian)
    {
        _isRussian = isRussian;
        Separator = isRussian ? ';' : ',';
        _numbers = new NumberFormatInfo { NumberDecimalSeparator = isRussian ? "," : "." };
    }

    public char Separator { get; }

    /// <param name="code">ru or en; any other is taken for en.</param>
    public static CsvLanguage Of(string? code) => new(string.Equals(code, "ru", StringComparison.OrdinalIgnoreCase));

    public string Word(string russian, string english) => _isRussian ? russian : english;

    public string Number(IFormattable number) => number.ToString(null, _numbers);

    /// <summary>A number as a decimal: none is ever written with an exponent.</summary>
    public string Share(double number) => Math.Round((decimal)Math.Clamp(number, -1e12, 1e12), 4).ToString(_numbers);
}
