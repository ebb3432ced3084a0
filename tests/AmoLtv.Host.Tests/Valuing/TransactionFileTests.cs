using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Settings;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Valuing;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Valuing;

public sealed class TransactionFileTests
{
    private string _file = null!;

    [SetUp]
    public void CreateFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public async Task A_file_may_have_its_columns_in_any_order_and_russian_numbers()
    {
        await File.WriteAllTextAsync(_file, "date;amount;note;customer_id\n31.03.2026;1234,5;;Ромашка\n2026-04-01 10:00;10;x;\"ООО \"\"Б\"\"\"\n");

        Assert.That(TransactionFile.Read(_file), Is.EqualTo(new Transaction[]
        {
            new("Ромашка", new(2026, 3, 31), 1234.5m), new("ООО \"Б\"", new(2026, 4, 1), 10),
        }));
    }

    [Test]
    public async Task An_empty_amount_is_not_known()
    {
        await File.WriteAllTextAsync(_file, "customer_id,date,amount\na,2026-01-01,\n");

        Assert.That(TransactionFile.Read(_file), Is.EqualTo(new Transaction[] { new("a", new(2026, 1, 1), null) }));
    }

    [Test]
    public async Task Kopecks_and_a_trillion_may_stand_together()
    {
        await File.WriteAllTextAsync(_file, "customer_id,date,amount\na,2026-01-01,1000000000000\na,2026-01-02,0.01\n");

        Assert.That(TransactionFile.Read(_file).Sum(row => row.Amount), Is.EqualTo(1_000_000_000_000.01m));
    }

    [TestCase("customer_id,date,amount\na,2026-01-01,1\nb,2026-02-30,1\n", "line 3: date '2026-02-30' is no date")]
    [TestCase("customer_id,date,amount\n,2026-01-01,1\n", "line 2: customer_id is empty")]
    [TestCase("customer_id,date,amount\na,2026-01-01,1e300\n", "line 2: amount '1e300' is no number")]
    [TestCase("customer_id,date,amount\na,2026-01-01,9999999999999999\n", "line 2: amount is too large")]
    [TestCase("id,date,amount\na,2026-01-01,1\n", "line 1: the header has no column 'customer_id'; needed are customer_id, date, amount")]
    public async Task A_file_that_cannot_be_read_is_refused_with_its_line(string text, string message)
    {
        await File.WriteAllTextAsync(_file, text);

        Assert.That(() => TransactionFile.Read(_file), Throws.TypeOf<CommandFailedException>().With.Message.Contains(message));
    }

    [Test]
    public void The_shared_sample_is_summed_to_the_kopeck()
    {
        var rows = TransactionFile.Read(Repository.SharedData("cdnow_sample.csv"));

        var evaluation = TransactionEvaluation.Of(rows, new AccountSettings(), TransactionEvaluation.AsOf(rows, new DateOnly(2026, 11, 21), null));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((evaluation.CustomersInFile, evaluation.Customers.Count), Is.EqualTo((2357, 2357)));
            Assert.That((evaluation.Account.Purchases, evaluation.Account.Revenue), Is.EqualTo((6919, 244_091.94m)));
            Assert.That(evaluation.Account.AsOf, Is.EqualTo(new DateOnly(1998, 6, 30)));
            Assert.That(evaluation.Customers.Sum(customer => customer.Valuation.HistoricalLtv), Is.EqualTo(rows.Sum(row => row.Amount)));
        }
    }
}
