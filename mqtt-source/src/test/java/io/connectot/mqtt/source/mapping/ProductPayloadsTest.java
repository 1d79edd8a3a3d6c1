// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Payloads of common products that the recipes do not have, with one line each. */
class ProductPayloadsTest {
  private static List<String> map(String line, String topic, String payload) throws Exception {
    return Measured.line(line).of(topic, payload);
  }

  @Test
  void tasmotaState() throws Exception {
    assertThat(
            map(
                "tele/+/STATE format=object device=${1} time=/Time map=ON:true,OFF:false",
                "tele/plug/STATE",
                "{\"Time\":\"2026-11-28T21:00:00\",\"Uptime\":\"0T01:00:12\",\"POWER\":\"ON\","
                    + "\"Wifi\":{\"AP\":1,\"RSSI\":78,\"Signal\":-61}}"))
        .containsExactly(
            "plug Uptime = \"0T01:00:12\", 2026-11-28T21:00:00Z",
            "plug POWER = true, 2026-11-28T21:00:00Z",
            "plug Wifi.AP = 1, 2026-11-28T21:00:00Z",
            "plug Wifi.RSSI = 78, 2026-11-28T21:00:00Z",
            "plug Wifi.Signal = -61, 2026-11-28T21:00:00Z");
  }

  @Test
  void zigbeeDevicesOfTheBridge() throws Exception {
    assertThat(
            map(
                "zigbee2mqtt/bridge/devices format=object device=/friendly_name"
                    + " exclude=definition.exposes,endpoints",
                "zigbee2mqtt/bridge/devices",
                "[{\"ieee_address\":\"0x00158d\",\"friendly_name\":\"lamp\",\"supported\":true,"
                    + "\"definition\":{\"model\":\"LED1\",\"exposes\":[{\"type\":\"light\"}]},"
                    + "\"endpoints\":{\"1\":{\"bindings\":[]}}},"
                    + "{\"friendly_name\":\"Coordinator\",\"definition\":null}]"))
        .containsExactly(
            "lamp ieee_address = \"0x00158d\", receipt",
            "lamp supported = true, receipt",
            "lamp definition.model = \"LED1\", receipt");
  }

  @Test
  void shellyOfTheFirstGeneration() throws Exception {
    Measured shelly =
        Measured.line("shellies/+/# format=measurement device=${1} tag=${2} map=on:true,off:false");
    assertThat(shelly.of("shellies/plug-1/relay/0/power", "12.53"))
        .containsExactly("plug-1 relay/0/power = 12.53, receipt");
    assertThat(shelly.of("shellies/plug-1/relay/0", "on"))
        .containsExactly("plug-1 relay/0 = true, receipt");
  }

  @Test
  void discoveryOfHomeAssistantIsDropped() throws Exception {
    assertThat(
            Measured.line("homeassistant/# format=object", "homeassistant/+/+/config format=drop")
                .of("homeassistant/sensor/x/config", "{\"name\":\"T\",\"dev\":{\"ids\":[\"1\"]}}"))
        .isEmpty();
  }

  @Test
  void openMqttGateway() throws Exception {
    assertThat(
            map(
                "home/+/BTtoMQTT/+ format=object device=/id exclude=name",
                "home/OMG/BTtoMQTT/A4C138",
                "{\"id\":\"A4:C1:38\",\"name\":\"LYWSD03MMC\",\"rssi\":-71,\"tempc\":21.3}"))
        .containsExactly("A4:C1:38 rssi = -71, receipt", "A4:C1:38 tempc = 21.3, receipt");
  }

  @Test
  void victronWithValuesAndWithout() throws Exception {
    Measured victron = Measured.line("N/+/# format=measurement value=/value device=${1} tag=${2}");
    assertThat(victron.of("N/c0619ab1/battery/256/Soc", "{\"value\": 87.5}"))
        .containsExactly("c0619ab1 battery/256/Soc = 87.5, receipt");
    assertThat(victron.of("N/c0619ab1/battery/256/Soc", "{\"value\": null}"))
        .containsExactly("c0619ab1 battery/256/Soc = null, receipt, UNCERTAIN NO_VALUE");
  }

  @Test
  void siemensIot2050() throws Exception {
    assertThat(
            map(
                "/DEVICES/+/data format=measurement samples=/vals value=/val tag=/id time=/ts"
                    + " quality=/qc quality.map=3:good,0:bad device=${1}",
                "/DEVICES/line1/data",
                "{\"seq\":1,\"vals\":["
                    + "{\"id\":\"101\",\"qc\":3,\"ts\":\"2026-11-28T21:00:00.123Z\",\"val\":21.5},"
                    + "{\"id\":\"102\",\"qc\":0,\"ts\":\"2026-11-28T21:00:00.123Z\",\"val\":0}]}"))
        .containsExactly(
            "line1 101 = 21.5, 2026-11-28T21:00:00.123Z",
            "line1 102 = null, 2026-11-28T21:00:00.123Z, BAD 0");
  }

  @Test
  void ruuviGateway() throws Exception {
    assertThat(
            map(
                "ruuvi/+/+ format=object time=/ts device=${2} include=rssi,data",
                "ruuvi/C8:25/F4:A5",
                "{\"gw_mac\":\"C8:25\",\"rssi\":-60,\"aoa\":[],\"gwts\":\"1795914262\","
                    + "\"ts\":\"1795914260\",\"data\":\"0201\",\"coords\":\"\"}"))
        .containsExactly(
            "F4:A5 rssi = -60, 2026-11-29T01:04:20Z",
            "F4:A5 data = \"0201\", 2026-11-29T01:04:20Z");
  }

  @Test
  void helium() throws Exception {
    assertThat(
            map(
                "helium/+/rx/+/up format=measurement samples=/decoded/payload value=/value"
                    + " tag=/name unit=/unit device=${2} time=/reported_at",
                "helium/x/rx/d1/up",
                "{\"name\":\"d1\",\"decoded\":{\"payload\":["
                    + "{\"name\":\"Temperature\",\"unit\":\"°C\",\"value\":21.5},"
                    + "{\"name\":\"Battery\",\"unit\":\"V\",\"value\":3.6}]},"
                    + "\"reported_at\":1795914262123}"))
        .containsExactly(
            "d1 Temperature = 21.5 °C, 2026-11-29T01:04:22.123Z",
            "d1 Battery = 3.6 V, 2026-11-29T01:04:22.123Z");
  }

  @Test
  void kura() throws Exception {
    assertThat(
            map(
                "account/+/# format=object values=/metrics,/position time=/sentOn device=${1}",
                "account/gw1/W1/A1",
                "{\"sentOn\":1795914262123,\"position\":{\"latitude\":48.1},"
                    + "\"metrics\":{\"temperature\":21.5,\"running\":true}}"))
        .containsExactly(
            "gw1 temperature = 21.5, 2026-11-29T01:04:22.123Z",
            "gw1 running = true, 2026-11-29T01:04:22.123Z",
            "gw1 latitude = 48.1, 2026-11-29T01:04:22.123Z");
  }

  @Test
  void thingsBoardObjectsAndArraysOfThem() throws Exception {
    Measured board =
        Measured.line("v1/devices/+/telemetry format=object values=/values time=/ts device=${1}");
    assertThat(
            board.of(
                "v1/devices/me/telemetry",
                "{\"ts\":1795914262000,\"values\":{\"temp\":21.5,\"hum\":48}}"))
        .containsExactly(
            "me temp = 21.5, 2026-11-29T01:04:22Z", "me hum = 48, 2026-11-29T01:04:22Z");
    assertThat(
            board.of(
                "v1/devices/me/telemetry",
                "[{\"ts\":1795914262000,\"values\":{\"temp\":21.5,\"hum\":48}},"
                    + "{\"ts\":1795914263000,\"values\":{\"temp\":21.6}},3]"))
        .containsExactly(
            "me temp = 21.5, 2026-11-29T01:04:22Z",
            "me hum = 48, 2026-11-29T01:04:22Z",
            "me temp = 21.6, 2026-11-29T01:04:23Z");
    assertThat(
            map(
                "v1/gateway/telemetry format=object samples=/*/* values=/values time=/ts",
                "v1/gateway/telemetry",
                "{\"A\":[{\"ts\":1795914262000,\"values\":{\"temp\":42}}],"
                    + "\"B\":[{\"ts\":1795914263000,\"values\":{\"hum\":43}}]}"))
        .containsExactly(
            "telemetry temp = 42, 2026-11-29T01:04:22Z",
            "telemetry hum = 43, 2026-11-29T01:04:23Z");
  }

  @Test
  void losantWithADateInAnObject() throws Exception {
    assertThat(
            map(
                "losant/+/state format=object values=/data time=/time/$date device=${1}",
                "losant/575/state",
                "{\"time\":{\"$date\":\"2026-11-28T21:00:00Z\"},\"data\":{\"volts\":12.5}}"))
        .containsExactly("575 volts = 12.5, 2026-11-28T21:00:00Z");
  }

  @Test
  void knxGroupAddresses() throws Exception {
    assertThat(
            map(
                "knx/+/+/+ format=measurement value=/value unit=/unit time=/ts device=knx"
                    + " tag=${1}/${2}/${3}",
                "knx/1/2/3",
                "{\"ts\":\"2026-11-28T21:00:00+01:00\",\"dpt\":\"9.001\",\"value\":21.5,"
                    + "\"unit\":\"°C\"}"))
        .containsExactly("knx 1/2/3 = 21.5 °C, 2026-11-28T20:00:00Z");
  }

  @Test
  void evccSingleValues() throws Exception {
    Measured evcc =
        Measured.line("evcc/loadpoints/+/+ format=measurement device=loadpoint${1} tag=${2}");
    assertThat(evcc.of("evcc/loadpoints/1/chargePower", "7360.5"))
        .containsExactly("loadpoint1 chargePower = 7360.5, receipt");
    assertThat(evcc.of("evcc/loadpoints/1/mode", "pv"))
        .containsExactly("loadpoint1 mode = \"pv\", receipt");
    assertThat(evcc.of("evcc/loadpoints/1/vehicle", "")).isEmpty();
  }

  @Test
  void frigateEvents() throws Exception {
    assertThat(
            map(
                "frigate/events format=object values=/after,/type device=/after/camera"
                    + " time=/after/frame_time arrays=json",
                "frigate/events",
                "{\"before\":{\"camera\":\"front\"},\"after\":{\"camera\":\"front\","
                    + "\"frame_time\":1795914262.123456,\"score\":0.87,\"box\":[1,2,3,4]},"
                    + "\"type\":\"new\"}"))
        .containsExactly(
            "front score = 0.87, 2026-11-29T01:04:22.123456Z",
            "front box = \"[1,2,3,4]\", 2026-11-29T01:04:22.123456Z",
            "front type = \"new\", 2026-11-29T01:04:22.123456Z");
  }

  @Test
  void ownTracks() throws Exception {
    assertThat(
            map(
                "owntracks/+/+ format=object time=/tst device=${1}/${2} exclude=_type,tid",
                "owntracks/joe/phone",
                "{\"_type\":\"location\",\"lat\":48.1,\"lon\":11.5,\"tst\":1795914262,"
                    + "\"tid\":\"jo\"}"))
        .containsExactly(
            "joe/phone lat = 48.1, 2026-11-29T01:04:22Z",
            "joe/phone lon = 11.5, 2026-11-29T01:04:22Z");
  }

  @Test
  void senmlWithoutNamesOfItsOwn() throws Exception {
    assertThat(
            map(
                "dev/+ format=senml",
                "dev/1",
                "[{\"bn\":\"urn:dev:mac:01:\",\"bt\":1.795914262e+09,\"bu\":\"%RH\",\"bver\":5,"
                    + "\"v\":20},{\"t\":60,\"v\":20.3}]"))
        .containsExactly(
            "urn:dev:mac:01 value = 20 %RH, 2026-11-29T01:04:22Z",
            "urn:dev:mac:01 value = 20.3 %RH, 2026-11-29T01:05:22Z");
  }

  @Test
  void senmlWithBasesThatAreNotNumbers() throws Exception {
    Measured senml = Measured.line("dev/+ format=senml");
    assertThat(
            senml.of(
                "dev/1",
                "[{\"bn\":\"d:\",\"bt\":\"x\",\"n\":\"t\",\"v\":1,\"t\":0},{\"n\":\"h\",\"v\":2}]"))
        .containsExactly(
            "d t = 1, receipt, UNCERTAIN BAD_TIME: \"x\" is not a time",
            "d h = 2, receipt, UNCERTAIN BAD_TIME: \"x\" is not a time");
    assertThat(
            senml.of(
                "dev/1",
                "[{\"bn\":\"d:\",\"bt\":\"1795914262\",\"bv\":\"x\",\"n\":\"t\",\"v\":1},"
                    + "{\"bv\":\"20\",\"n\":\"h\",\"v\":\"0.5\",\"t\":1}]"))
        .containsExactly("d h = 20.5, 2026-11-29T01:04:23Z");
  }

  @Test
  void lineProtocolWithEscapes() throws Exception {
    assertThat(
            map(
                "tg/# format=lineprotocol",
                "tg/x",
                "we\\,ather\\ st,loc\\ ation=us\\,mid temp=5i,u=5u,t=t,f=FALSE,s=\"a, b=c\","
                    + "x=1.5e3 1795914262000"))
        .containsExactly(
            "we,ather st/us,mid temp = 5, 2026-11-29T01:04:22Z",
            "we,ather st/us,mid u = 5, 2026-11-29T01:04:22Z",
            "we,ather st/us,mid t = true, 2026-11-29T01:04:22Z",
            "we,ather st/us,mid f = false, 2026-11-29T01:04:22Z",
            "we,ather st/us,mid s = \"a, b=c\", 2026-11-29T01:04:22Z",
            "we,ather st/us,mid x = 1500.0, 2026-11-29T01:04:22Z");
  }

  @Test
  void csvOfASpreadsheet() throws Exception {
    assertThat(
            map(
                "csv/+ format=csv csv.delimiter=; csv.decimal=, time=/time",
                "csv/x",
                "time;name;value\r\n28.11.2026 21:00:00,5;\"Pump; \"\"old\"\"\";1.234,5\r\n"))
        .containsExactly(
            "x name = \"Pump; \"old\"\", 2026-11-28T21:00:00.500Z",
            "x value = 1234.5, 2026-11-28T21:00:00.500Z");
  }
}
