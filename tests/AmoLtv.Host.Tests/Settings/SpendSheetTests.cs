using AmoLtv.Core.Valuation;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Tests.Settings;

public sealed class SpendSheetTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    [TestCase("channel,month,amount\nads,2026-03,5.5\n")]
    [TestCase("\uFEFFканал;месяц;сумма\r\nads;2026-03;5,5\r\n")]
    [TestCase("Amount\tMonth\tChannel\n5,5\t03.2026\tads\n")]
    public void Sheets_as_spreadsheets_save_them_are_read(string text)
    {
        var sheet = SpendSheet.Read(text);

        Assert.That(sheet.Errors, Is.Empty);
        Assert.That(sheet.Rows, Is.EqualTo(new[] { (2L, new ChannelSpend("ads", March, 5.5m)) }));
    }

    [Test]
    public void Every_wrong_line_is_named_and_the_right_ones_are_read()
    {
        var sheet = SpendSheet.Read("channel,month,amount\n,2026-03,1\nads,2026-13,1\nads,2026-03,ten\nads,2026-03,-1\nads,2026-03,7\nADS,2026-03,8\n");

        Assert.That(sheet.Errors.Select(error => (error.Line, error.Code)), Is.EqualTo(new[]
        {
            (2L, "channel"), (3L, "month"), (4L, "amount"), (5L, "amount"), (7L, "twice"),
        }));
        Assert.That(sheet.Rows.Select(row => row.Spend.Amount), Is.EqualTo(new[] { 7m }));
    }

    [TestCase("", "malformed")]
    [TestCase("channel,sum\nads,1\n", "column")]
    [TestCase("channel,month,amount\n", "empty")]
    [TestCase("channel,month,amount\n\"ads,2026-03,1\n", "malformed")]
    [TestCase("channel,month,amount\na\0b,2026-03,1\n", "channel")]
    [TestCase("channel,month,amount\nads,2026-03,1e400\n", "amount")]
    [TestCase("channel,month,amount\nads,2026-03,99999999999999999999999999999999999999\n", "amount")]
    [TestCase("channel,month,amount\nads,2026-03,9999999999999\n", "amount")]
    public void A_hostile_text_is_refused_in_words_and_never_throws(string text, string code)
    {
        var errors = SpendSheet.Read(text).Errors;

        Assert.That(errors, Is.Not.Empty);
        Assert.That(errors[0].Code, Is.EqualTo(code).Or.EqualTo("column"));
    }

    [Test]
    public void A_channel_may_not_be_longer_than_people_read() =>
        Assert.That(SpendSheet.Read($"channel,month,amount\n{new string('x', 201)},2026-03,1\n").Errors.Single().Code, Is.EqualTo("channel"));

    [Test]
    public void A_sheet_of_too_many_lines_is_refused_at_its_first_one_too_many()
    {
        var text = "channel,month,amount\n" + string.Concat(Enumerable.Range(0, SpendSheet.MostRows + 1).Select(number => $"c{number},2026-03,1\n"));

        Assert.That(SpendSheet.Read(text).Errors.Single(), Is.EqualTo(new SpendLineError(SpendSheet.MostRows + 2, "tooMany", "a file has at most 20000 lines")));
    }

    [TestCase("=cmd|'/c calc'!A1")]
    [TestCase("+7 900")]
    [TestCase("-ads")]
    [TestCase("@ads")]
    [TestCase("Яндекс; \"поиск\", прямой")]
    [TestCase("<img src=x onerror=alert(1)>")]
    public void What_is_exported_is_no_formula_and_comes_back_as_it_was(string channel)
    {
        ChannelSpend[] spend = [new(channel, March, 1234.5m)];

        foreach (var isEnglish in new[] { true, false })
        {
            var text = SpendExport.Write(spend, isEnglish);
            Assert.That(text.Split("\r\n")[1].TrimStart('"')[0], Is.Not.AnyOf('=', '+', '-', '@'));
            Assert.That(SpendSheet.Read(text).Rows.Select(row => row.Spend), Is.EqualTo(spend));
        }
    }

    [Test]
    public void An_import_shows_only_cells_that_differ_in_the_spelling_already_known()
    {
        ChannelSpend[] entered = [new("ads", March, 5), new("seo", March, 7)];
        var sheet = SpendSheet.Read("channel,month,amount\nADS,2026-03,6\nseo,2026-03,7\nmail,2026-03,1\n");

        var import = SpendImport.Of(sheet, entered, replacesAll: false);

        Assert.That(import.Changes, Is.EqualTo(new SpendLine[] { new(2, "ads", March, 5, 6), new(4, "mail", March, null, 1) }));
        Assert.That(import.Same, Is.EqualTo(1));
    }

    [Test]
    public void An_import_that_replaces_all_takes_out_what_it_does_not_name()
    {
        ChannelSpend[] entered = [new("ads", March, 5), new("seo", March, 7)];

        var import = SpendImport.Of(SpendSheet.Read("channel,month,amount\nads,2026-03,5\n"), entered, replacesAll: true);

        Assert.That(import.Changes, Is.EqualTo(new SpendLine[] { new(0, "seo", March, 7, null) }));
    }
}
