// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import static io.connectot.core.config.validation.Configs.ABSENT;
import static io.connectot.core.config.validation.Configs.with;
import static io.connectot.core.config.validation.Configs.withTags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.validation.Configs;
import io.connectot.core.config.validation.FakeDriver;
import io.connectot.core.config.validation.FakeDriver.Host;
import io.connectot.core.config.validation.FakeProtocol;
import io.connectot.core.model.Device;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryLoaderTest {
  @TempDir Path directory;

  @Test
  void readsLinesInTheOrderOfTheirNames() {
    Inventory<Host, Integer> inventory = load(with());

    assertThat(inventory.devices()).extracting(Device::name).containsExactly("press1", "press2");
    assertThat(inventory.devices())
        .extracting(Device::endpoint)
        .containsExactly("fake://10.0.0.5:502", "fake://10.0.0.6:503");
    Tag<Integer> temperature = tag(inventory, "temperature");
    assertThat(temperature.address()).isEqualTo(100);
    assertThat(temperature.unit()).contains("°C");
    assertThat(temperature.type()).isEqualTo(ValueType.FLOAT64);
    assertThat(temperature.scaling()).isEqualTo(new Scaling(0.1, 0));
    assertThat(temperature.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(temperature.report()).isEqualTo(ReportPolicy.ALL);
    assertThat(temperature.attributes()).isEmpty();
    assertThat(tag(inventory, "running").type()).isEqualTo(ValueType.BOOLEAN);
  }

  @Test
  void letsALineOverrideTheConnector() {
    Inventory<Host, Integer> inventory =
        load(
            with(
                "poll.interval.ms", "500",
                "report", "changes",
                "deadband", "5%",
                "heartbeat.ms", "1000",
                "tags.all", "reg:1 report=all",
                "tags.own", "reg:1 deadband=2 interval=5s heartbeat=1m",
                "tags.text", "reg:1 type=string"));

    assertThat(tag(inventory, "temperature").report())
        .isEqualTo(changes(new Deadband(5, true), Duration.ofSeconds(1)));
    assertThat(tag(inventory, "temperature").interval()).isEqualTo(Duration.ofMillis(500));
    assertThat(tag(inventory, "all").report()).isEqualTo(ReportPolicy.ALL);
    assertThat(tag(inventory, "own").report())
        .isEqualTo(changes(new Deadband(2, false), Duration.ofMinutes(1)));
    assertThat(tag(inventory, "own").interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(tag(inventory, "text").report())
        .isEqualTo(changes(Deadband.NONE, Duration.ofSeconds(1)));
  }

  @Test
  void readsLinesOfOneValue() {
    Inventory<Host, Integer> inventory =
        load(
            with(
                "devices", "press3=fake://10.0.0.7\r\n\n  # spare\n press4 = fake://10.0.0.8",
                "tags", "speed=reg:7 int16 unit=1/s\nlevel = reg:8 float32"));

    assertThat(inventory.devices())
        .extracting(Device::name)
        .containsExactly("press1", "press2", "press3", "press4");
    assertThat(tag(inventory, "speed").type()).isEqualTo(ValueType.INT16);
    assertThat(tag(inventory, "speed").unit()).contains("1/s");
    assertThat(tag(inventory, "level").address()).isEqualTo(8);
    assertThat(tag(inventory, "running").type()).isEqualTo(ValueType.BOOLEAN);
  }

  @Test
  void combinesLinesCsvAndJson() {
    Path tags = file("map.csv", "name,address,type\npressure,reg:7,int16\n");
    Path devices =
        file("plant.json", "[{\"name\": \"press3\", \"url\": \"fake://c\", \"hall\": 3}]");

    Inventory<Host, Integer> inventory =
        load(with("tags.file", tags.toString(), "devices.file", devices.toString()));

    assertThat(inventory.devices())
        .extracting(Device::name)
        .containsExactly("press1", "press2", "press3");
    assertThat(inventory.devices().get(2).attributes()).containsExactly(entry("hall", "3"));
    assertThat(inventory.tags())
        .extracting(Tag::name)
        .containsExactly("running", "temperature", "pressure");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,address,type,unit,Asset ID\noil,reg:7,int16,\"m3, \"\"norm\"\"\",P-7\nair,8,,,\n",
        "Name;ADDRESS;Type;Unit;Asset ID\r\n"
            + "oil;reg:7;int16;\"m3, \"\"norm\"\"\";P-7\r\n"
            + "air;8;;;\r\n",
        "name\taddress\ttype\tunit\tAsset ID\noil\treg:7\tint16\t\"m3, \"\"norm\"\"\"\tP-7\nair\t8",
        "\uFEFFname,address,type,unit,Asset ID\noil,reg:7,int16,\"m3, \"\"norm\"\"\",P-7\nair,8\n",
        """
        "name","address","type","unit","Asset ID"
        "oil","reg:7","int16","m3, ""norm""\","P-7"
        "air","8",,,
        """,
        "sep=|\nname|address|type|unit|Asset ID\noil|reg:7|int16|\"m3, \"\"norm\"\"\"|P-7\nair|8\n",
        """


         name , address , type , unit , Asset ID

         oil , reg:7 , int16 , "m3, ""norm""\" , P-7
        ,,,,
        air,8,,,,,
        """
      })
  void readsCsvAsSpreadsheetsWriteIt(String text) {
    checkOilAndAir(load(withTags(file("map.csv", text))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        [{"name":"oil", "address":"reg:7", "type":"int16", "unit":"m3, \\"norm\\"", "Asset ID":"P-7"},
         {"name":"air", "address":8, "type":null, "unit":" "}]
        """,
        """
        \uFEFF[
          {"Asset ID": "P-7", "unit": "m3, \\"norm\\"", "Type": "int16", "address": 7, "name": " oil "},
          {"name": "air", "address": "8"}
        ]
        """
      })
  void readsJson(String text) {
    checkOilAndAir(load(withTags(file("map.JSON", text))));
  }

  private static void checkOilAndAir(Inventory<Host, Integer> inventory) {
    assertThat(inventory.tags()).extracting(Tag::name).containsExactly("oil", "air");
    Tag<Integer> oil = inventory.tags().get(0);
    assertThat(oil.address()).isEqualTo(7);
    assertThat(oil.type()).isEqualTo(ValueType.INT16);
    assertThat(oil.unit()).contains("m3, \"norm\"");
    assertThat(oil.attributes()).containsExactly(entry("Asset ID", "P-7"));
    Tag<Integer> air = inventory.tags().get(1);
    assertThat(air.address()).isEqualTo(8);
    assertThat(air.type()).isEqualTo(ValueType.UINT16);
    assertThat(air.unit()).isEmpty();
    assertThat(air.attributes()).isEmpty();
  }

  @Test
  void narrowsTagsToDevices() {
    Path file =
        file(
            "map.csv",
            "name,address,device\na,1,press1\na,2,press2\nb,3,press1|press2\nc,4,\nd,5,press2\n");

    Inventory<Host, Integer> inventory = load(withTags(file));

    assertThat(addresses(inventory, "press1")).containsExactly(4, 1, 3);
    assertThat(addresses(inventory, "press2")).containsExactly(4, 2, 3, 5);
    assertThat(inventory.tags()).hasSize(5);
  }

  @Test
  void readsAJsonArrayOfDevices() {
    Path file =
        file(
            "map.json",
            "[{\"name\": \"a\", \"address\": 1, \"device\": [\"press1\", \"press2\"]},"
                + "{\"name\": \"b\", \"address\": 2, \"device\": \"press2\"}]");

    Inventory<Host, Integer> inventory = load(withTags(file));

    assertThat(addresses(inventory, "press1")).containsExactly(1);
    assertThat(addresses(inventory, "press2")).containsExactly(1, 2);
  }

  @Test
  void narrowsToDevicesWithBlanksInTheirNames() {
    Inventory<Host, Integer> inventory =
        load(with("devices.hall 3", "fake://x", "tags.a", "reg:1 device=\"hall 3|press1\""));

    assertThat(addresses(inventory, "hall 3")).contains(1);
    assertThat(tagsOf(inventory, "press2")).extracting(Tag::name).doesNotContain("a");
  }

  @Test
  void sharesOneListAmongDevicesWithEqualTags() {
    StringBuilder rows = new StringBuilder("name,url\n");
    for (int i = 0; i < 200; i++) {
      rows.append("p").append(i).append(",fake://x").append(i).append('\n');
    }
    Path devices = file("d.csv", rows.toString());

    Inventory<Host, Integer> inventory =
        load(with("devices.file", devices.toString(), "tags.extra", "reg:9 device=p1|p2"));

    List<Tag<Integer>> common = tagsOf(inventory, "press1");
    assertThat(tagsOf(inventory, "p199")).isSameAs(common);
    assertThat(tagsOf(inventory, "p1")).isSameAs(tagsOf(inventory, "p2")).isNotSameAs(common);
    assertThat(inventory.devices()).hasSize(202);
  }

  @Test
  void readsFiftyThousandRows() {
    StringBuilder rows = new StringBuilder("name,address,type,unit,asset\n");
    for (int i = 0; i < 50_000; i++) {
      rows.append("t").append(i).append(",reg:").append(i).append(",float32,bar,P-7\n");
    }
    Path file = file("map.csv", rows.toString());

    Inventory<Host, Integer> inventory = load(withTags(file));

    assertThat(inventory.tags()).hasSize(50_000);
    assertThat(inventory.tags().get(49_999).name()).isEqualTo("t49999");
    assertThat(tagsOf(inventory, "press1")).isSameAs(tagsOf(inventory, "press2"));
  }

  @Test
  void throwsAllProblemsAtOnceWhenAskedTo() {
    SourceConfig config =
        new SourceConfig(
            new FakeProtocol(),
            with("tags.a", "reg:x", "tags.b", "reg:1 flaot32", "devices.press2", ABSENT));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                InventoryLoader.load(config, new FakeDriver(502, false), new FakeProtocol())
                    .orThrow())
        .withMessageContaining("tags.a: ")
        .withMessageContaining("tags.b: ");
  }

  private static ReportPolicy changes(Deadband deadband, Duration heartbeat) {
    return new ReportPolicy(Mode.CHANGES, deadband, Optional.of(heartbeat));
  }

  private static Inventory<Host, Integer> load(Map<String, String> props) {
    FakeProtocol protocol = new FakeProtocol();
    return InventoryLoader.load(
            new SourceConfig(protocol, props), new FakeDriver(502, false), protocol)
        .orThrow();
  }

  private static Tag<Integer> tag(Inventory<Host, Integer> inventory, String name) {
    return inventory.tags().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Tag<Integer>> tagsOf(Inventory<Host, Integer> inventory, String device) {
    return inventory.devices().stream()
        .filter(d -> d.name().equals(device))
        .map(inventory::tagsOf)
        .findFirst()
        .orElseThrow();
  }

  private static List<Integer> addresses(Inventory<Host, Integer> inventory, String device) {
    return tagsOf(inventory, device).stream().map(Tag::address).toList();
  }

  private Path file(String name, String text) {
    return Configs.file(directory, name, text);
  }
}
