// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.Tag;
import java.util.Map;
import org.apache.kafka.connect.header.ConnectHeaders;

/**
 * What is the same in all records of one tag of one device.
 *
 * @param topic the rendered topic
 * @param key the record key; null for none
 * @param path the unified-namespace path
 * @param attributes the device's overlaid by the tag's; null when there are none
 * @param deviceHeaders a prototype with device and the protocol's own, to be duplicated
 * @param headers the same with the tag
 */
record PreparedTag(
    Tag<?> tag,
    String topic,
    String key,
    String path,
    String unit,
    Map<String, String> attributes,
    ConnectHeaders deviceHeaders,
    ConnectHeaders headers) {}
