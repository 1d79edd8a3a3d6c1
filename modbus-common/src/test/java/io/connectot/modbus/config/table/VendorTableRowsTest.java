// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the other rows of a table say about the first one. */
class VendorTableRowsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // Bits of registers.
        "address=7.0 type=WORD | address=7.1 type=WORD; address=7.0 type=WORD",
        "address=7.0 | address=7.15; address=7.0",
        // One of two columns of the order is empty.
        "type=U32 Word~Order=LSW~first | type=U32 order=big; type=U32 order=CDAB",
        "type=U16 Word~Order=little | type=U32 order=big; type=U16 order=CDAB",
        "type=U32 | type=U32 order=big Word~Order=little; type=U32",
        // Lengths in bytes.
        "address=0 type=Float registers=4 | address=2 type=Float registers=4;"
            + " address=0 type=float32",
        "type=INT registers=2 | type=U16 registers=2; type=int16",
        "type=WORD registers=2 | type=U32 registers=4; type=WORD",
        "type=Float length=8 | type=U32 length=4; type=float64",
        "type=STR registers=20 | type=U32 registers=4; type=STR length=20",
        "type=STR32 registers=32 | type=U32 registers=4; type=string length=32",
        // Lengths in registers.
        "type=INT length=2 | type=U32 length=2; type=int32",
        "type=INT registers=2 | type=U32 registers=2; type=int32",
        "type=STR length=20 | type=U32 length=2; type=STR registers=20",
        "address=0 type=STR length=20 | address=10 type=U32 length=2;"
            + " address=0 type=STR length=20",
        "address=0 type=INT length=2 | address=2 type=INT length=2; address=0 type=int32",
        "address=0 type=INT length=2 | address=1 type=INT length=2; address=0 type=int16",
        // Both, which says nothing.
        "type=INT length=2 | type=U32 length=2 | type=U16 length=2; type=INT",
        "type=INT registers=2 | type=U32 registers=2 | type=U16 registers=2; type=int32",
        // Scales that are factors.
        "type=INT scale=-1 | type=INT scale=0.1; type=INT scale=-1",
        // Resolutions.
        "type=U16 Resolution=1 | type=U16 Resolution=0.1; type=U16 Resolution=1",
        "type=U16 Resolution=1 | type=U16 Resolution=0; type=U16 scale=0.1",
        // Offsets and counts.
        "address=1 type=U16 offset=0 | address=2 type=U16 offset=0 | address=3 type=U16 offset=0;"
            + " address=1 type=U16 offset=0",
        "address=40 type=U16 offset=-40 | address=41 type=U16 offset=-39;"
            + " address=40 type=U16 offset=-40",
        "type=U16 count=1 | type=U32 count=2 | type=U16 count=8; type=U16 count=1",
        "type=U16 count=1 | type=U32 count=2; type=U16 count=1",
        // What SunSpec devices send for points that they do not have.
        "type=float32 | type=sunssf; type=float32 invalid=NaN",
        "type=float64 invalid=0 | type=sunssf; type=float64 invalid=0"
      })
  void theTableDecides(String rows, String options) throws LineException {
    List<TagTable.Row> table = rows(rows);
    VendorTable vendor = new VendorTable();
    vendor.prepare(table);
    assertThat(vendor.read(table.get(0))).isTrue();
    TreeMap<String, String> all = new TreeMap<>(table.get(0).cells());
    all.putAll(table.get(0).attributes());
    TreeMap<String, String> expected =
        new TreeMap<>(VendorTableTest.row("name=any " + options).cells());
    expected.putAll(VendorTableTest.row("name=any " + options).attributes());
    assertThat(all).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "address=1000.0 | address=1001.0; can be bit 0 or the whole register; write 1000",
        "address=7.0 type=U16 | address=7.1 type=U16; can be bit 0 or the whole register",
        "type=WORD registers=2 | type=U32 registers=4 | type=U32 registers=2; can be 2 bytes",
        "type=U16 scale=-1 | type=U16 scale=1; can be a factor or a power of ten",
        "type=U16 Resolution=2 | type=U16 Resolution=0.1; can be a number of decimals",
        "address=40001 type=U16 offset=0 | address=40002 type=U16 offset=1"
            + " | address=40003 type=U16 offset=2; counts registers as the address does",
        "type=U16 count=1 | type=U32 count=2 | type=float count=2;"
            + " can be the registers of the value, or the number of values of an array",
        "type=U16 scale=SF device=b | name=SF device=a address=7; fill the column 'device'",
        "type=U16 scale=SF | name=SF device=a address=7 | name=SF device=b address=8;"
            + " fill the column 'device'"
      })
  void whatTheTableLeavesOpenIsRefused(String rows, String message) {
    List<TagTable.Row> table = rows(rows);
    VendorTable vendor = new VendorTable();
    vendor.prepare(table);
    assertThatThrownBy(() -> vendor.read(table.get(0)))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }

  /** All devices, one, or several. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "type=U16 scale=SF device=a; 7",
        "type=U16 scale=SF device=b; 0x9C95",
        "type=U16 scale=SF device=c; 9",
        "type=U16 scale=SF; 9",
        "type=U16 scale=OTHER; 0x9C95",
        "type=U16 scale=OTHER device=a|b; 0x9C95",
        "type=U16 scale=HEX; 40085"
      })
  void scaleFactorsAreThoseOfTheDevice(String row, String address) throws LineException {
    List<TagTable.Row> table =
        Stream.of(
                row,
                "name=SF device=a address=7 type=sunssf",
                "name=SF device=b address=9C95h type=sunssf",
                "name=SF address=9 type=sunssf",
                "name=OTHER device=a|b address=0x9C95 type=sunssf",
                "name=HEX address=40085~(0x9C95) type=sunssf")
            .map(VendorTableTest::row)
            .toList();
    VendorTable vendor = new VendorTable();
    vendor.prepare(table);
    assertThat(vendor.read(table.get(0))).isTrue();
    assertThat(table.get(0).cells()).containsEntry("scale.from", address);
  }

  /** Every row with such an offset is refused, and rows without one are not. */
  @ParameterizedTest
  @ValueSource(strings = {"address=40009 type=U16", "name=Alarms"})
  void rowsWithoutTheColumnAreNotRefused(String row) {
    List<TagTable.Row> table =
        rows(
            row
                + " | address=40001 type=U16 offset=0 | address=40002 type=U16 offset=1"
                + " | address=40003 type=U16 offset=2");
    VendorTable vendor = new VendorTable();
    vendor.prepare(table);
    assertThatCode(() -> vendor.read(table.get(0))).doesNotThrowAnyException();
  }

  private static List<TagTable.Row> rows(String text) {
    return Stream.of(text.split("\\|", -1))
        .map(row -> VendorTableTest.row("name=any " + row.trim()))
        .toList();
  }
}
