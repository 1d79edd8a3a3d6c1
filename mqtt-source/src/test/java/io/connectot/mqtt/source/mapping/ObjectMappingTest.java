// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole documents as measurements, in one line. */
class ObjectMappingTest {
  private static final String ZIGBEE =
      "{\"state\":\"ON\",\"brightness\":120,\"linkquality\":39,"
          + "\"last_seen\":\"2026-11-28T21:28:12Z\",\"update\":{\"state\":\"idle\"},"
          + "\"color_temp\":null}";

  private static List<String> map(String line, String topic, String payload) throws Exception {
    return Measured.line(line).of(topic, payload);
  }

  @Test
  void everyMemberIsAMeasurement() throws Exception {
    assertThat(map("zigbee2mqtt/+ format=object time=/last_seen", "zigbee2mqtt/lamp", ZIGBEE))
        .containsExactly(
            "lamp state = \"ON\", 2026-11-28T21:28:12Z",
            "lamp brightness = 120, 2026-11-28T21:28:12Z",
            "lamp linkquality = 39, 2026-11-28T21:28:12Z",
            "lamp update.state = \"idle\", 2026-11-28T21:28:12Z");
  }

  @Test
  void membersAreExcludedIncludedMappedAndHaveUnits() throws Exception {
    assertThat(
            map(
                "zigbee2mqtt/+ format=object time=/last_seen exclude=update,link*"
                    + " map=ON:true,OFF:false unit=brightness=lm",
                "zigbee2mqtt/lamp",
                ZIGBEE))
        .containsExactly(
            "lamp state = true, 2026-11-28T21:28:12Z",
            "lamp brightness = 120 lm, 2026-11-28T21:28:12Z");
    assertThat(map("zigbee2mqtt/+ format=object include=update", "zigbee2mqtt/lamp", ZIGBEE))
        .containsExactly("lamp update.state = \"idle\", receipt");
    assertThat(
            map(
                "zigbee2mqtt/+ format=object include=*.state,last_seen separator=/ prefix=z/",
                "zigbee2mqtt/lamp",
                ZIGBEE))
        .containsExactly("lamp z/last_seen = \"2026-11-28T21:28:12Z\", receipt");
    assertThat(
            map(
                "zigbee2mqtt/+ format=object include=state map=state=ON:1,state=OFF:0"
                    + " type=state=float64,string prefix=${topic[0]}.",
                "zigbee2mqtt/lamp",
                ZIGBEE))
        .containsExactly("lamp zigbee2mqtt.state = 1.0, receipt");
    assertThat(
            map(
                "zigbee2mqtt/+ format=object include=state,brightness map=ON:null",
                "zigbee2mqtt/lamp",
                ZIGBEE))
        .containsExactly("lamp brightness = 120, receipt");
  }

  @Test
  void aDeviceIsJoinedOfFields() throws Exception {
    String payload =
        "{\"time\":\"2026-11-28 21:28:12\",\"model\":\"Prologue-TH\",\"id\":5,\"channel\":2,"
            + "\"temperature_C\":16.2,\"humidity\":22,\"battery_ok\":1}";
    assertThat(
            map(
                "rtl_433/+/events format=object device=${/model}-${/id} time=/time"
                    + " time.zone=Europe/Berlin unit=*_C=°C,humidity=% type=battery_ok=boolean",
                "rtl_433/pi/events", payload))
        .containsExactly(
            "Prologue-TH-5 channel = 2, 2026-11-28T20:28:12Z",
            "Prologue-TH-5 temperature_C = 16.2 °C, 2026-11-28T20:28:12Z",
            "Prologue-TH-5 humidity = 22 %, 2026-11-28T20:28:12Z",
            "Prologue-TH-5 battery_ok = true, 2026-11-28T20:28:12Z");
    assertThat(
            map(
                "rtl_433/+/events format=object device=${topic[1]}/${/id} include=humidity",
                "rtl_433/pi/events",
                payload))
        .containsExactly("pi/5 humidity = 22, receipt");
  }

  @Test
  void sensorsOfAnyNameAndArraysAreRead() throws Exception {
    String payload =
        "{\"Time\":\"2026-11-28T21:00:00\",\"DS18B20-1\":{\"Id\":\"0211\",\"Temperature\":17.75},"
            + "\"DS18B20-2\":{\"Id\":\"0325\",\"Temperature\":19.0},"
            + "\"ENERGY\":{\"Power\":[288,5]},\"TempUnit\":\"C\"}";
    String line = "tele/+/SENSOR format=object device=${topic[1]} time=/Time exclude=*.Id,TempUnit";
    assertThat(map(line, "tele/plug/SENSOR", payload))
        .containsExactly(
            "plug DS18B20-1.Temperature = 17.75, 2026-11-28T21:00:00Z",
            "plug DS18B20-2.Temperature = 19.0, 2026-11-28T21:00:00Z",
            "plug ENERGY.Power.0 = 288, 2026-11-28T21:00:00Z",
            "plug ENERGY.Power.1 = 5, 2026-11-28T21:00:00Z");
    assertThat(map(line + " include=ENERGY arrays=json", "tele/plug/SENSOR", payload))
        .containsExactly("plug ENERGY.Power = \"[288,5]\", 2026-11-28T21:00:00Z");
  }

  @Test
  void severalPlacesHaveValuesAndAbsentOnesNone() throws Exception {
    Measured uplinks =
        Measured.line(
            "application/# format=object values=/object,/rxInfo/0/rssi,/rxInfo/0/snr"
                + " device=/deviceInfo/deviceName time=/time on.error=status");
    assertThat(
            uplinks.of(
                "application/1/device/70b3/event/up",
                "{\"deviceInfo\":{\"deviceName\":\"d1\",\"devEui\":\"70b3\"},"
                    + "\"time\":\"2026-11-28T21:00:00.123456+00:00\","
                    + "\"rxInfo\":[{\"rssi\":-97,\"snr\":7.5}],"
                    + "\"object\":{\"temp\":21.5,\"gps\":{\"lat\":48.1,\"lon\":11.5}}}"))
        .containsExactly(
            "d1 temp = 21.5, 2026-11-28T21:00:00.123456Z",
            "d1 gps.lat = 48.1, 2026-11-28T21:00:00.123456Z",
            "d1 gps.lon = 11.5, 2026-11-28T21:00:00.123456Z",
            "d1 rssi = -97, 2026-11-28T21:00:00.123456Z",
            "d1 snr = 7.5, 2026-11-28T21:00:00.123456Z");
    assertThat(
            uplinks.of(
                "application/1/device/70b3/event/up",
                "{\"deviceInfo\":{\"deviceName\":\"d1\"},\"time\":\"2026-11-28T21:00:00Z\"}"))
        .isEmpty();
  }

  @Test
  void membersOfMembersAreOptional() throws Exception {
    Measured shelly =
        Measured.line("+/events/rpc format=object device=/src values=/params time=/ts exclude=ts");
    assertThat(
            shelly.of(
                "shelly1-a1/events/rpc",
                "{\"src\":\"shelly1-a1\",\"params\":{\"ts\":1795914262.31,"
                    + "\"switch:0\":{\"output\":true,\"apower\":12.5}}}"))
        .containsExactly(
            "shelly1-a1 switch:0.output = true, 2026-11-29T01:04:22.310Z",
            "shelly1-a1 switch:0.apower = 12.5, 2026-11-29T01:04:22.310Z");
    assertThat(
            shelly.of(
                "shelly1-a1/events/rpc",
                "{\"src\":\"shelly1-a1\",\"params\":{\"ts\":1795914263,"
                    + "\"input:0\":{\"state\":null,\"id\":0}}}"))
        .containsExactly("shelly1-a1 input:0.id = 0, 2026-11-29T01:04:23Z");
  }

  @Test
  void arraysAreSamplesThatInheritFromOutside() throws Exception {
    assertThat(
            map(
                "site/+ format=object time=/time",
                "site/a",
                "[{\"time\":1795914262,\"temperature\":25},{\"time\":1795914263,\"temperature\":26}]"))
        .containsExactly(
            "a temperature = 25, 2026-11-29T01:04:22Z", "a temperature = 26, 2026-11-29T01:04:23Z");
    String meter =
        "{\"meter_value\":[{\"timestamp\":\"2026-11-28T21:00:00Z\",\"sampled_value\":["
            + "{\"value\":\"7.1\",\"measurand\":\"Power\"},"
            + "{\"value\":\"0.5\",\"measurand\":\"Current\"}]},"
            + "{\"timestamp\":\"2026-11-28T21:01:00Z\",\"sampled_value\":["
            + "{\"value\":\"7.2\",\"measurand\":\"Power\"}]}]}";
    assertThat(
            map(
                "ocpp/+ format=measurement samples=/meter_value/*/sampled_value value=/value"
                    + " tag=/measurand time=/timestamp type=float64",
                "ocpp/cp1",
                meter))
        .containsExactly(
            "cp1 Power = 7.1, 2026-11-28T21:00:00Z",
            "cp1 Current = 0.5, 2026-11-28T21:00:00Z",
            "cp1 Power = 7.2, 2026-11-28T21:01:00Z");
    assertThat(
            map(
                "s/+ format=object arrays=samples time=/t",
                "s/a",
                "{\"t\":1795914262,\"b\":1,\"inner\":[{\"x\":1},{\"x\":2,\"t\":1795914263}]}"))
        .containsExactly(
            "a b = 1, 2026-11-29T01:04:22Z",
            "a inner.x = 1, 2026-11-29T01:04:22Z",
            "a inner.x = 2, 2026-11-29T01:04:23Z");
    assertThat(
            map(
                "s/+ format=measurement samples=/* value=/v tag=/n",
                "s/a",
                "[{\"n\":\"x\",\"v\":1}]"))
        .containsExactly("a x = 1, receipt");
  }

  @Test
  void aValueMayHaveItsOwnTimeQualityAndUnit() throws Exception {
    assertThat(
            map(
                "s/+ format=object value=/v,/value time=/t quality=/q unit=/u",
                "s/a",
                "{\"t\":1795914262,\"p\":{\"x\":{\"v\":1,\"u\":\"bar\",\"q\":\"good\"},"
                    + "\"y\":{\"value\":2,\"t\":1795914263,\"q\":\"bad sensor\"}},\"z\":3}"))
        .containsExactly(
            "a p.x = 1 bar, 2026-11-29T01:04:22Z",
            "a p.y = null, 2026-11-29T01:04:23Z, BAD bad sensor",
            "a z = 3, 2026-11-29T01:04:22Z");
  }

  @Test
  void aBareValueIsAMeasurementToo() throws Exception {
    Measured all = Measured.line("site/# format=object");
    assertThat(all.of("site/a", "21.5")).containsExactly("a value = 21.5, receipt");
    assertThat(all.of("site/a", "online")).containsExactly("a value = \"online\", receipt");
    assertThat(all.of("site/a", "null")).isEmpty();
  }

  @Test
  void anArrayOfValuesHasIndexes() throws Exception {
    Measured array = Measured.line("site/+/+ format=object device=${1} prefix=${2}.");
    assertThat(array.of("site/a/nrg", "[230,231,null,[1,2]]"))
        .containsExactly(
            "a nrg.0 = 230, receipt",
            "a nrg.1 = 231, receipt",
            "a nrg.3.0 = 1, receipt",
            "a nrg.3.1 = 2, receipt");
  }

  @Test
  void aNameMayHaveADefault() throws Exception {
    String line = "rtl/+ format=object device=${/model}-${/id,/channel:-0} include=t";
    assertThat(map(line, "rtl/a", "{\"model\":\"M\",\"id\":5,\"t\":1}"))
        .containsExactly("M-5 t = 1, receipt");
    assertThat(map(line, "rtl/a", "{\"model\":\"M\",\"channel\":2,\"t\":1}"))
        .containsExactly("M-2 t = 1, receipt");
    assertThat(map(line, "rtl/a", "{\"model\":\"M\",\"t\":1}"))
        .containsExactly("M-0 t = 1, receipt");
    assertThat(
            map(
                "rtl/+ format=measurement value=/v device=/name,${topic[1]} tag=t",
                "rtl/a",
                "{\"v\":1}"))
        .containsExactly("a t = 1, receipt");
  }

  @Test
  void aPointerMayBeginAtTheWholePayload() throws Exception {
    String payload =
        "{\"name\":\"d1\",\"t\":1795914262,\"values\":[{\"name\":\"temp\",\"t\":5,\"v\":21.5},"
            + "{\"v\":48}]}";
    String line = "s/+ format=measurement samples=/values value=/v time=#/t device=#/name";
    assertThat(map(line + " tag=/name", "s/a", payload))
        .containsExactly(
            "d1 temp = 21.5, 2026-11-29T01:04:22Z", "d1 d1 = 48, 2026-11-29T01:04:22Z");
    assertThat(
            map(
                "s/+ format=object samples=/values device=${#/name}-${#/id,/none:-x}"
                    + " topic=p.${#/name}",
                "s/a",
                payload))
        .containsExactly(
            "d1-x name = \"temp\", receipt",
            "d1-x t = 5, receipt",
            "d1-x v = 21.5, receipt",
            "d1-x v = 48, receipt");
    assertThat(map("s/+ format=object device=#/none,#/name,${topic[1]}", "s/a", "{\"v\":1}"))
        .containsExactly("a v = 1, receipt");
  }

  @Test
  void aFieldOfTheWholePayloadIsNoMeasurement() throws Exception {
    String payload = "{\"name\":\"d1\",\"o\":{\"name\":\"x\",\"v\":1}}";
    assertThat(map("s/+ format=object device=#/name", "s/a", payload))
        .containsExactly("d1 o.name = \"x\", receipt", "d1 o.v = 1, receipt");
    assertThat(map("s/+ format=object device=#/name values=/o", "s/a", payload))
        .containsExactly("d1 name = \"x\", receipt", "d1 v = 1, receipt");
    assertThat(map("s/+ format=object device=#/o/name", "s/a", payload))
        .containsExactly("x name = \"d1\", receipt", "x o.v = 1, receipt");
  }

  @Test
  void theNameOfAMemberMayBeTheDevice() throws Exception {
    assertThat(
            map(
                "gateway format=object samples=/*/* values=/values device=${samples[0]} time=/ts",
                "gateway",
                "{\"Device A\":[{\"ts\":1795914262000,\"values\":{\"t\":1,\"h\":2}},"
                    + "{\"ts\":1795914263000,\"values\":{\"t\":3}}],"
                    + "\"Device B\":[{\"ts\":1795914262000,\"values\":{\"t\":4}}],\"C\":[]}"))
        .containsExactly(
            "Device A t = 1, 2026-11-29T01:04:22Z",
            "Device A h = 2, 2026-11-29T01:04:22Z",
            "Device A t = 3, 2026-11-29T01:04:23Z",
            "Device B t = 4, 2026-11-29T01:04:22Z");
    String payload = "{\"sites\":{\"north\":{\"m1\":{\"on\":true},\"m2\":{\"on\":false}}}}";
    assertThat(
            map(
                "s/+ format=object samples=/sites/*/* device=${samples[0]}/${samples[-1]}"
                    + " prefix=${samples[1]}. topic=p.${samples[0]}",
                "s/a",
                payload))
        .containsExactly("north/m1 m1.on = true, receipt", "north/m2 m2.on = false, receipt");
    assertThat(
            map(
                "s/+ format=measurement samples=/* device=${1} tag=in${samples[0]}",
                "s/a", "[5,6]"))
        .containsExactly("a in0 = 5, receipt", "a in1 = 6, receipt");
  }

  @Test
  void aTimeIsJoinedOfFields() throws Exception {
    String line = "s/+/+ format=object device=${1} time=\"${/date} ${/time}\" time.zone=+01:00";
    assertThat(map(line, "s/a/x", "{\"date\":\"2026-11-28\",\"time\":\"21:28:12\",\"t\":1}"))
        .containsExactly("a t = 1, 2026-11-28T20:28:12Z");
    assertThat(map(line, "s/a/x", "{\"date\":\"2026-11-28\",\"t\":1}"))
        .containsExactly("a t = 1, receipt");
    assertThat(map("s/+/+ format=object device=${1} time=${2}", "s/a/1795914262", "{\"t\":1}"))
        .containsExactly("a t = 1, 2026-11-29T01:04:22Z");
  }

  @Test
  void aTagWithoutALegalTopicDoesNotCostTheRest() throws Exception {
    Measured lines = Measured.line("s/+ format=object topic=t.${tag}");
    assertThat(
            lines.of(
                "s/a", "{\"" + "x".repeat(199) + "\":1,\"" + "y".repeat(250) + "\":2,\"z\":3}"))
        .hasSize(2)
        .last()
        .isEqualTo("a z = 3, receipt");
  }

  @ParameterizedTest
  @CsvSource({
    "format=object csv.delimiter=;, 'csv.delimiter' needs format=csv",
    "format=measurement separator=/, 'separator' needs a format of whole documents",
    "format=measurement values=/v arrays=json, 'arrays' needs a format of whole documents",
    "format=object tag=/n prefix=x, 'prefix' needs members",
    "format=object values=/v tag=/n, 'values' names the tags already",
    "format=object samples=s, must be a path",
    "format=object type=float46, did you mean float64",
    "format=object type=a=flaot64, did you mean float64",
    "format=object map=ON, must be a list such as ON:true",
    "format=object unit==bar, has no name before the equals sign",
    "'format=object unit=temp=/tu,/unit', cannot be that of some members only",
    "format=object on.error=drop, must be one of status",
    "format=object time=at, must be a JSON Pointer",
    "format=object device=${/id, has no closing",
    "format=object inclued=a, did you mean include",
    "format=object value=#/v, 'must be in the sample, without #'",
    "'format=object values=/a,#/v', 'must be in the sample, without #'",
    "format=object device=${samples[0]}, device: ${samples[0]} is what a * of 'samples' stands for",
    "format=object samples=/* tag=${samples[1]}, 'samples' stands for, which has one",
    "format=object samples=/* time=${samples[-2]}, 'time: ${samples[-2]} is'",
    "format=object samples=/a topic=x.${samples[0]}, 'topic: ${samples[0]} is'",
    "format=json topic=x.${samples[0]}, unknown variable"
  })
  void saysWhatIsWrongWithALine(String line, String problem) {
    assertThatThrownBy(() -> Measured.line("s/+ " + line))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("subscriptions.s0")
        .hasMessageContaining(problem);
  }
}
