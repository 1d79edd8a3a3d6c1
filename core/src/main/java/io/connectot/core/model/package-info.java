// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What a source tells, in terms of the field: devices, tags, values, quality. Knows no Kafka. */
package io.connectot.core.model;
