import { z } from "zod";
import { type Place, zoneOfPlace } from "@/lib/schedule/zones";
import { OddAnswerError } from "./errors";

// CoStar publishes no API: read what is needed, tolerate the rest, and name what is missing.
const listedProperty = z.looseObject({
  PropertyId: z.number().int(),
  Address: z.string().nullish(),
  City: z.string().nullish(),
  StateCode: z.string().nullish(),
  Zip: z.union([z.string(), z.number()]).nullish(),
  PropertyType: z.union([z.string(), z.number()]).nullish(),
  BuildingSize: z.number().nullish(),
  YearBuilt: z.number().nullish(),
});

const listAnswer = z.union([
  z.looseObject({ properties: z.array(listedProperty) }),
  z.looseObject({ searchResult: z.looseObject({ Pins: z.array(listedProperty) }) }),
]);

const phones = z
  .array(z.union([z.string(), z.looseObject({ number: z.string() })]))
  .nullish()
  .transform((list) => (list ?? []).map((phone) => (typeof phone === "string" ? phone : phone.number)));

const numberLike = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    const number = typeof value === "string" ? Number(value.replace(/[^\d.]/g, "")) : value;
    return number ? Math.round(number) : null;
  });

const contactDetails = z.looseObject({
  trueOwner: z
    .looseObject({
      companyId: z.number().int().nullish(),
      name: z.string().nullish(),
      address: z.string().nullish(),
      phoneNumbers: phones,
      contacts: z
        .array(
          z.looseObject({
            personId: z.number().int().nullish(),
            name: z.string(),
            title: z.string().nullish(),
            email: z.string().nullish(),
            phoneNumbers: phones,
          }),
        )
        .nullish(),
    })
    .nullish(),
});

// An answer without the contacts field is an odd answer, never "no contacts": it would empty a campaign silently.
const contactsAnswer = z.looseObject({
  data: z.looseObject({
    propertyDetail: z
      .looseObject({
        propertyDetailHeader: z
          .looseObject({
            addressHeader: z.string().nullish(),
            propertyType: z.string().nullish(),
            buildingSize: numberLike,
            yearBuilt: numberLike,
          })
          .nullish(),
      })
      .nullish(),
    propertyContactDetails_info: contactDetails.nullable(),
  }),
});

/** One page of a listing, as rows ready to be saved. @throws {OddAnswerError} */
export function readListing(answer: unknown) {
  const parsed = listAnswer.safeParse(answer);
  if (!parsed.success)
    throw new OddAnswerError(`CoStar's listing has another shape: ${z.prettifyError(parsed.error)}`);
  const properties = "properties" in parsed.data ? parsed.data.properties : parsed.data.searchResult.Pins;
  return (properties as z.infer<typeof listedProperty>[]).map((property) => ({
    costar_property_id: property.PropertyId,
    address: property.Address?.trim() || `CoStar property ${property.PropertyId}`,
    city: property.City ?? null,
    state: property.StateCode ?? null,
    zip: property.Zip == null ? null : String(property.Zip),
    property_type: typeof property.PropertyType === "string" ? property.PropertyType : null,
    building_sf: property.BuildingSize == null ? null : Math.round(property.BuildingSize),
    land_acres: null,
    year_built: property.YearBuilt ?? null,
    source: "costar",
    raw: property,
  }));
}

const email = z.email();

/**
 * The owner and contacts of one property. An address that is no address is left out, not guessed at.
 * @param property where it is, for the contacts' time zone. @throws {OddAnswerError}
 */
export function readOwner(answer: unknown, property: Place) {
  const parsed = contactsAnswer.safeParse(answer);
  if (!parsed.success)
    throw new OddAnswerError(`CoStar's contacts have another shape: ${z.prettifyError(parsed.error)}`);
  const { propertyDetail, propertyContactDetails_info: info } = parsed.data.data;
  const header = propertyDetail?.propertyDetailHeader;
  const owner = info?.trueOwner;
  return {
    header: {
      address: header?.addressHeader ?? null,
      propertyType: header?.propertyType ?? null,
      buildingSf: header?.buildingSize ?? null,
      yearBuilt: header?.yearBuilt ?? null,
    },
    owner: {
      name: owner?.name ?? null,
      costarCompanyId: owner?.companyId ?? null,
      address: owner?.address ?? null,
      state: property.state ?? null,
      phones: owner?.phoneNumbers ?? [],
      source: "costar",
    },
    contacts: (owner?.contacts ?? []).map((contact) => ({
      fullName: contact.name.trim(),
      firstName: contact.name.trim().split(/\s+/)[0] ?? "",
      title: contact.title ?? null,
      email: contact.email && email.safeParse(contact.email.trim()).success ? contact.email.trim() : null,
      phones: contact.phoneNumbers,
      costarPersonId: contact.personId ?? null,
      timeZone: zoneOfPlace(property) ?? null,
      source: "costar",
    })),
  };
}

/** The GraphQL request for one property's owner and contacts. */
export function contactsRequest(costarPropertyId: number) {
  return {
    operationName: "ContactsDetail",
    variables: { propertyId: costarPropertyId },
    query: `query ContactsDetail($propertyId: Int!) {
  propertyDetail(propertyId: $propertyId) {
    propertyDetailHeader { propertyId addressHeader propertyType buildingSize landSize yearBuilt }
  }
  propertyContactDetails_info(propertyId: $propertyId) {
    trueOwner { companyId name address phoneNumbers contacts { personId name title email phoneNumbers } }
  }
}`,
  };
}
