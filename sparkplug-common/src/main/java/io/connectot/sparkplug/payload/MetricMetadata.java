// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

/**
 * What a metric says about its value, above all about a file or a part of one. All components are
 * null when they are not given.
 *
 * @param multiPart whether the value is one part of several
 * @param contentType the media type of the value
 * @param size the size of the value, in bytes
 * @param seq the number of the part
 * @param fileName the name of the file
 * @param fileType the kind of the file
 * @param md5 the MD5 sum of the value
 * @param description what the metric is
 */
public record MetricMetadata(
    Boolean multiPart,
    String contentType,
    Long size,
    Long seq,
    String fileName,
    String fileType,
    String md5,
    String description) {}
