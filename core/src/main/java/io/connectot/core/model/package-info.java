// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What a source delivers, in terms of the field: devices, tags, values, quality. Without Kafka. */
package io.connectot.core.model;
