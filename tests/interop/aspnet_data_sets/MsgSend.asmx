<%@ WebService Language="C#" Class="DataSets" %>
// DataSets as the real runtime (Mono 6.8) sends them, and what it makes of those that it gets.
//
// `received.jsonl` beside the application's folder gets a line a call, as in aspnet/MsgSend.asmx.
// C# 5 at most.

using System;
using System.Data;
using System.IO;
using System.Text;
using System.Web;
using System.Web.Services;

[WebService(Namespace = "http://tempuri.org/")]
public class DataSets : WebService
{
    [WebMethod]
    public string GetBalance(string userCode, string userPass)
    {
        string line = "{\"operation\": \"GetBalance\", \"parameters\": {\"userCode\": \""
            + userCode + "\", \"userPass\": \"\"}}\n";
        string folder = Path.GetDirectoryName(HttpRuntime.AppDomainAppPath.TrimEnd('/'));
        File.AppendAllText(Path.Combine(folder, "received.jsonl"), line, Encoding.ASCII);
        return "";
    }

    [WebMethod(Description = "Rows of each state, of all kinds of columns, and a table without any.")]
    public DataSet GetRates()
    {
        DataSet set = new DataSet("Rates of today");
        DataTable rates = set.Tables.Add("Rates");
        rates.Columns.Add("Currency", typeof(string)).AllowDBNull = false;
        rates.Columns.Add("Rate", typeof(decimal));
        rates.Columns.Add("Valid until", typeof(DateTime));
        rates.Columns.Add("Id", typeof(Guid));
        rates.Columns.Add("Picture", typeof(byte[]));
        rates.Columns.Add("Is_x0020_fixed", typeof(bool));
        rates.Columns.Add("Took", typeof(TimeSpan));
        rates.Columns.Add("Factor", typeof(double));
        rates.Columns.Add("Any", typeof(object));
        rates.Columns.Add("\u6c47\u7387", typeof(short));
        rates.Columns.Add("Letter", typeof(char));
        rates.PrimaryKey = new DataColumn[] { rates.Columns["Currency"] };
        DateTime moment = new DateTime(2014, 6, 10, 15, 34, 11, DateTimeKind.Utc).AddTicks(1234567);
        rates.Rows.Add("EUR", 1.50m, moment, new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
            new byte[] { 1, 2 }, true, TimeSpan.FromSeconds(90), double.PositiveInfinity, 5,
            (short)7, 'x');
        rates.Rows.Add("USD", null, null, null, null, null, null, null, null, null, null);
        rates.Rows.Add("GBP", 2m, null, null, new byte[0], false, null, 0.1, "text", null, null);
        rates.Rows.Add("  <&>\r\n\u00e9 ", 3m, null, null, null, null, null, null, null, null, null);
        set.AcceptChanges();
        rates.Rows[0]["Rate"] = 1.75m;
        rates.Rows[2].Delete();
        rates.Rows.Add("CNY", 8m, null, null, null, null, null, null, null, null, null);
        set.Tables.Add("Nothing").Columns.Add("Number", typeof(int));
        return set;
    }

    [WebMethod(Description = "A relation whose rows stand in one another, and columns as attributes.")]
    public DataSet GetOrders()
    {
        DataSet set = new DataSet("Orders");
        set.Namespace = "urn:example:orders";
        DataTable orders = set.Tables.Add("Order");
        orders.Columns.Add("Number", typeof(int)).ColumnMapping = MappingType.Attribute;
        orders.Columns.Add("Secret", typeof(int)).ColumnMapping = MappingType.Hidden;
        orders.Columns.Add("Customer", typeof(string)).MaxLength = 20;
        DataTable lines = set.Tables.Add("Line");
        lines.Columns.Add("Number", typeof(int)).ColumnMapping = MappingType.Attribute;
        lines.Columns.Add("Text", typeof(string)).ColumnMapping = MappingType.SimpleContent;
        set.Relations.Add("Lines", orders.Columns["Number"], lines.Columns["Number"]).Nested = true;
        orders.Rows.Add(1, 17, "birch");
        orders.Rows.Add(2, null, null);
        lines.Rows.Add(1, "one");
        lines.Rows.Add(2, "two");
        lines.Rows.Add(1, null);
        set.AcceptChanges();
        lines.Rows[0]["Text"] = "another";
        return set;
    }

    [WebMethod]
    public DataSet GetEmpty()
    {
        return new DataSet();
    }

    [WebMethod]
    public DataSet GetNull()
    {
        return null;
    }

    [WebMethod]
    public DataTable GetTable()
    {
        DataTable table = new DataTable("Rates");
        table.Columns.Add("Currency", typeof(string));
        table.Columns.Add("Rate", typeof(decimal));
        table.Rows.Add("EUR", 1.5m);
        table.Rows.Add("USD", null);
        return table;
    }

    [WebMethod(Description = "A line for each row that came: table, state, cells of both versions.")]
    public string Describe(DataSet given)
    {
        StringBuilder text = new StringBuilder();
        text.AppendLine(given.DataSetName + "|" + given.Namespace);
        foreach (DataTable table in given.Tables)
        {
            foreach (DataRow row in table.Rows)
            {
                text.Append(table.TableName + "|" + row.RowState);
                foreach (DataColumn column in table.Columns)
                {
                    text.Append("|" + column.ColumnName + ":" + column.DataType.Name);
                    foreach (DataRowVersion version in
                        new DataRowVersion[] { DataRowVersion.Original, DataRowVersion.Current })
                    {
                        if (row.HasVersion(version))
                        {
                            text.Append("=" + Shown(row[column, version]));
                        }
                    }
                }
                text.AppendLine();
            }
        }
        return text.ToString();
    }

    [WebMethod]
    public DataSet Echo(DataSet given)
    {
        return given;
    }

    private static string Shown(object value)
    {
        byte[] bytes = value as byte[];
        return bytes != null ? Convert.ToBase64String(bytes)
            : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
