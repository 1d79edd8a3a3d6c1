// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single cells of the tables of vendors say. */
class VendorTableTest {
  private static final Set<String> COLUMNS =
      Set.of(
          "name",
          "address",
          "type",
          "unit",
          "scale",
          "registers",
          "length",
          "format",
          "table",
          "order",
          "count",
          "offset",
          "device",
          "invalid");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "type=U16 Gain=10; type=U16 scale=0.1",
        "type=U16 Gain=1; type=U16",
        "type=U16 Coefficient=1; type=U16",
        "type=STR registers=4 Gain=1; type=STR registers=4",
        "type=I32 Divisor=1000 unit=N/A; type=I32 scale=0.001",
        "type=S16 scale=0,1; type=S16 scale=0.1",
        "type=S16 scale=x0.1; type=S16 scale=0.1",
        "type=S16 scale=/10; type=S16 scale=0.1",
        "type=S16 scale=1/100; type=S16 scale=0.01",
        "type=S16 scale=10^-1; type=S16 scale=0.1",
        "type=S16 scale=0.1~kWh; type=S16 scale=0.1 unit=kWh",
        "type=S16 scale=10; type=S16 scale=1E+1",
        "type=S16 scale=1; type=S16",
        "type=S16 unit=0.1V; type=S16 scale=0.1 unit=V",
        "type=S16 unit=0.01~kWh; type=S16 scale=0.01 unit=kWh",
        "type=S16 unit=10W; type=S16 scale=1E+1 unit=W",
        "type=S16 unit=Volt*10; type=S16 scale=0.1 unit=Volt",
        "type=S16 unit=V/100; type=S16 scale=0.01 unit=V",
        "type=S16 unit=0.1V scale=0.1; type=S16 scale=0.1 unit=V",
        "type=S16 unit=[V]; type=S16 unit=V",
        "type=S16 unit=1/min; type=S16 unit=1/min",
        "type=S16 unit=m3/h; type=S16 unit=m3/h",
        "type=S16 unit=10~min; type=S16 unit=10~min",
        "type=S16 unit=-; type=S16",
        "type=S16 scale=10⁻²; type=S16 scale=0.01",
        "type=S16 scale=10**-2; type=S16 scale=0.01",
        "type=S16 scale=10^-2~V; type=S16 scale=0.01 unit=V",
        "type=S16 scale=1V/10; type=S16 scale=1V/10",
        "type=S16 scale=10-1; type=S16 scale=10-1",
        "type=S16 scale=10~=~1~V; type=S16 scale=10~=~1~V",
        "type=S16 unit=x0.1~A; type=S16 scale=0.1 unit=A",
        "type=S16 unit=1/100~A; type=S16 scale=0.01 unit=A",
        "type=S16 unit=10⁻¹~V; type=S16 scale=0.1 unit=V",
        "type=S16 Decimals=2; type=S16 scale=0.01",
        "type=S16 Resolution=0.1~V; type=S16 scale=0.1 unit=V",
        "type=S16 scale=0.1 Decimals=1; type=S16 scale=0.1 Decimals=1",
        "type=float Decimals=2; type=float Decimals=2",
        "type=U32 order=Big~endian; type=U32 order=ABCD",
        "type=U32 order=LSW~first; type=U32 order=CDAB",
        "type=U32 order=CD~AB; type=U32 order=CDAB",
        "type=STR registers=4 order=ABCD; type=STR registers=4",
        "type=float~(CDAB); type=float order=CDAB",
        "type=INT32_BE; type=INT32 order=ABCD",
        "address=0x0A1F; address=0x0A1F",
        "address=9C83h; address=0x9C83",
        "address=40083~(0x9C93); address=40083",
        "address=30775~–~30776; address=30775-30776",
        "type=Holding~register; table=Holding~register",
        "type=U32 registers=4; type=U32",
        "type=U32 registers=32~bits; type=U32",
        "type=Unsigned~integer registers=2; type=uint32",
        "type=int registers=4; type=int64",
        "type=float registers=4; type=float64",
        "type=STRING[20]; type=string length=20",
        "type=STR32 registers=16; type=string registers=16",
        "format=float; type=float",
        "type=S32 format=FIX3; type=S32 scale=0.001 invalid=0x80000000",
        "type=U16 format=FIX0; type=U16 invalid=0xFFFF",
        "type=S32 format=TEMP; type=S32 scale=0.1 unit=°C invalid=0x80000000",
        "type=U32 format=DT; type=datetime format=epoch_s invalid=0xFFFFFFFF",
        "type=datetime registers=2; type=datetime",
        "type=uint16 access=R/W; type=uint16 access=R/W",
        "type=U32 order=big~endian Word~Order=little~endian; type=U32 order=CDAB",
        "type=U32 order=MSB~first Word~Order=MSW~first; type=U32 order=ABCD",
        "type=U32 order=little~endian Word~Order=big~endian; type=U32 order=BADC",
        "type=U32 order=little~endian Word~Order=little~endian; type=U32 order=DCBA",
        "type=U32 order=AB Register~Order=low~word~first; type=U32 order=CDAB",
        "type=U32 order=CDAB Word~Order=CDAB; type=U32 order=CDAB",
        "type=U64 order=CDABGHEF Word~Order=CDABGHEF; type=U64 order=CDABGHEF",
        "type=U32 order=big~endian Endianness=Big-Endian; type=U32 order=ABCD",
        "type=U16 order=little Word~Order=big; type=U16 order=BADC",
        "type=U16 order=little Word~Order=N/A; type=U16 order=BADC",
        "type=U32 order=CDAB Word~Order=-; type=U32 order=CDAB",
        "type=STR registers=4 order=big Word~Order=little; type=STR registers=4",
        "type=STR registers=4 order=little Word~Order=big; type=STR registers=4 order=BA",
        "type=U16 Reg.~Type=Holding; type=U16 table=Holding",
        "type=U16 Register~Type=4x; type=U16 table=4x",
        "type=U16 table=3 Register~Type=Input; type=U16 table=3 Register~Type=Input",
        "type=U16 Register~Type=2~registers; type=U16 Register~Type=2~registers",
        "type=Digital~input; table=Digital~input",
        "address=100-101 type=INT; address=100-101 type=int32",
        "address=0x64-0x67 type=float; address=0x64-0x67 type=float64",
        "address=100-101 type=U32 registers=4; address=100-101 type=U32",
        "address=100-101 type=INT registers=4; address=100-101 type=int32",
        "address=100-103 type=STR; address=100-103 type=STR registers=4",
        "address=100-107 type=STRING[10]; address=100-107 type=string length=10",
        "address=100-101 type=datetime; address=100-101 type=datetime",
        "address=100-103 type=datetime format=iec870;"
            + " address=100-103 type=datetime format=iec870",
        "address=100-109 type=int16 count=10; address=100-109 type=int16 count=10",
        "address=1000.0; address=1000.0",
        "address=1000.0 type=bool; address=1000.0 type=bool",
        "type=int registers=2~words; type=int32",
        "type=int registers=2~bytes; type=int16",
        "type=STR length=10~words; type=STR registers=10",
        "type=bcd16 Decimals=1; type=bcd16 scale=0.1",
        "type=mod10k32 Decimals=3; type=mod10k32 scale=0.001",
        "type=U16 Decimals=1.0; type=U16 scale=0.1",
        "type=U16 Decimals=0; type=U16 Decimals=0",
        "type=U16 Decimals=2~decimals; type=U16 scale=0.01",
        "type=U16 scale=1 Decimals=0; type=U16 Decimals=0",
        "type=U16 Resolution=1/10; type=U16 scale=0.1",
        "type=U16 Resolution=10^-1; type=U16 scale=0.1",
        "type=U16 Resolution=x0.1; type=U16 scale=0.1",
        "type=U16 Resolution=0.1~W; type=U16 scale=0.1 unit=W",
        "type=U16 Resolution=0.1~V unit=Volts; type=U16 scale=0.1 unit=Volts",
        "type=U16 Resolution=10~W; type=U16 scale=1E+1 unit=W",
        "type=U16 Resolution=16~bit; type=U16 Resolution=16~bit",
        "type=U16 Resolution=12-bit; type=U16 Resolution=12-bit",
        "type=U16 scale=0.001 Resolution=1~mV unit=V;"
            + " type=U16 scale=0.001 Resolution=1~mV unit=V",
        "type=U16 scale=0.1~V/digit unit=V; type=U16 scale=0.1 unit=V",
        "type=BCD~INT registers=2; type=bcd32",
        "type=BCD registers=1; type=bcd16"
      })
  void cellsBecomeOptions(String cells, String options) throws LineException {
    assertThat(read("description=any " + cells))
        .hasValueSatisfying(
            read -> assertThat(read).isEqualTo(parse("description=any " + options)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=Alarms",
        "address=Inverter~(101)",
        "address=7 Read/Write=WO",
        "address=7 R/W=W"
      })
  void rowsThatAreNoTagsAreLeftOut(String cells) throws LineException {
    assertThat(read(cells)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "type=U16 scale=0.1 Gain=10; remove one of the two",
        "type=U16 Gain=ten; must be a number such as 10",
        "type=U16 Gain=0; must not be 0",
        "type=U16 Gain=0.1; name the column scale",
        "type=U16 Coefficient=10; can multiply or divide",
        "type=U16 Gain=1,000; depending on what the comma means",
        "type=U16 scale=10E-1; 10^n or 10 times 10^n",
        "type=U16 scale=-2; can be a factor or a power of ten",
        "type=U32 order=little~endian; can be CDAB",
        "address=1000.0 type=U16; can be bit 0 or the whole register; write 1000",
        "address=100-101 type=U16; has 2 registers, and type U16 has 1",
        "address=100-102 type=float32; has 3 registers, and type float32 has 2",
        "address=100[3] type=bool; can be a bit or a number of registers",
        "address=100~(2) type=U32; can be a bit or a number of registers",
        "type=U16 unit=0.1V scale=0.01; the unit says a scale of 0.1",
        "type=datetime registers=4; add a column 'format'",
        "type=U32 order=CDAB Word~Order=high~word~first; are not understood together",
        "type=U32 order=ABCD Word~Order=CDAB; are not understood together",
        "type=U32 order=big Word~Order=as~the~PLC; 'big' and 'as the PLC'",
        "type=U32 order=big Endianness=little; are not understood together",
        "address=100-101 type=WORD; has 2 registers, and type WORD has 1",
        "address=0x64-0x65 type=U16; has 2 registers, and type U16 has 1",
        "address=100-102 type=float; has 3 registers, and type float has 2",
        "address=100-109 type=INT; has 10 registers, and type INT has 1",
        "address=100-104 type=STRING[20]; has 5 registers, and type string has 10",
        "address=100-103 type=datetime; with epoch_s64, epoch_ms, iec870",
        "address=100-102 type=datetime; with packed, bcd, mdyhms",
        "address=100-102 type=datetime format=iec870; cannot have the format iec870",
        "address=30775-76 type=U32; ends before it begins",
        "address=1000.0 type=INT; can be bit 0 or the whole register; write 1000",
        "address=1000.0 type=WORD; can be bit 0 or the whole register",
        "address=1000.0 type=UDINT; can be bit 0 or the whole register",
        "address=1000.0 type=INT16U; can be bit 0 or the whole register",
        "address=1000.0 type=enum16; can be bit 0 or the whole register",
        "address=1000.0 type=float; can be bit 0 or the whole register",
        "type=WORD registers=2; can be 2 bytes or 2 registers",
        "type=long registers=4; can be 4 bytes or 4 registers",
        "type=U16 scale=-1; can be a factor or a power of ten",
        "type=U16 scale=1 Decimals=1; the scale is 1, and the decimals '1' mean 0.1",
        "type=U16 Gain=1 Decimals=2; the scale is 1",
        "type=U16 scale=1~mV unit=V; is in mV, and the unit is V",
        "type=U16 scale=0.1~W unit=kW; is in W, and the unit is kW",
        "type=U16 Resolution=1~mV unit=V; is in mV, and the unit is V",
        "type=U16 Resolution=1; can be a number of decimals or the step"
      })
  void whatCanBeReadTwoWaysIsRefused(String cells, String message) {
    assertThatThrownBy(() -> read(cells))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }

  /** The column of the scale has the name of another row. */
  @Test
  void scaleFactorsAreFoundByName() throws LineException {
    VendorTable table = new VendorTable();
    List<TagTable.Row> rows =
        List.of(
            row("name=W address=40084 type=int16 scale=W_SF"),
            row("name=W_SF address=40085 type=sunssf"));
    table.prepare(rows);
    assertThat(table.read(rows.get(0))).isTrue();
    assertThat(rows.get(0).cells())
        .containsEntry("scale.from", "40085")
        .containsEntry("invalid", "0x8000")
        .doesNotContainKey("scale");
  }

  /** An int of C has 32 bits, which the other types of a table show. */
  @Test
  void anIntBesideAShortHasTwoRegisters() throws LineException {
    VendorTable table = new VendorTable();
    List<TagTable.Row> rows =
        List.of(row("name=a address=0 type=int"), row("name=b address=2 type=short"));
    table.prepare(rows);
    assertThat(table.read(rows.get(0))).isTrue();
    assertThat(rows.get(0).cells()).containsEntry("type", "int32");
  }

  /** All cells; empty when the row is left out. */
  private static Optional<Map<String, String>> read(String text) throws LineException {
    VendorTable table = new VendorTable();
    TagTable.Row row = row(text);
    table.prepare(new ArrayList<>(List.of(row)));
    if (!table.read(row)) {
      return Optional.empty();
    }
    Map<String, String> all = new TreeMap<>(row.cells());
    all.putAll(row.attributes());
    return Optional.of(all);
  }

  /** A row; the cells of other columns are its attributes. */
  static TagTable.Row row(String text) {
    Map<String, String> cells = parse(text);
    Map<String, String> attributes = new LinkedHashMap<>(cells);
    cells.keySet().retainAll(COLUMNS);
    attributes.keySet().removeAll(COLUMNS);
    return new TagTable.Row(cells, attributes);
  }

  /** {@code key=value} pairs, in which {@code ~} stands for a blank. */
  private static Map<String, String> parse(String text) {
    Map<String, String> cells = new TreeMap<>();
    for (String pair : List.of(text.split(" ", -1))) {
      int equals = pair.indexOf('=');
      cells.put(
          pair.substring(0, equals).replace('~', ' '),
          pair.substring(equals + 1).replace('~', ' '));
    }
    return cells;
  }
}
